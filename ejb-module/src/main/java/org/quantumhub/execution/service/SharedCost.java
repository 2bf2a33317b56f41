package org.quantumhub.execution.service;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.quantumhub.shared.Money;

/// One amount in equal parts. What does not divide into the last decimal is added to the first part, so that the parts
/// are the whole.
final class SharedCost {

    private SharedCost() {}

    /// @param pays for each who might pay whether he does
    /// @return what each pays, nothing for those who do not
    static List<Money> of(Money all, List<Boolean> pays) {
        long payers = pays.stream().filter(paying -> paying).count();
        Money nothing = Money.zero(all.currency());
        if (payers == 0) {
            return pays.stream().map(paying -> nothing).toList();
        }
        Money share = new Money(
                all.amount().divide(BigDecimal.valueOf(payers), Money.SCALE, RoundingMode.DOWN), all.currency());
        Money next = all.minus(share.times(payers - 1));
        List<Money> parts = new ArrayList<>(pays.size());
        for (boolean paying : pays) {
            parts.add(paying ? next : nothing);
            next = paying ? share : next;
        }
        return parts;
    }
}
