package org.quantumhub.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// What a bill adds up to. Rounding happens here and nowhere else: each line is rounded half up together with what the
/// line before it left over, and what the last line leaves over goes into the next bill. So the lines of all bills of a
/// team never differ from its ledger by more than half a cent.
///
/// @param usage what the ledger says, exactly
/// @param carriedOut what the next bill begins with
/// @param rounding what the payment of this bill takes more than the ledger; less, if below zero
/// @param net all lines together
/// @param granted the part of it that the hub gave away
/// @param tax on what is left of it
/// @param total `net - granted + tax`
/// @param prepaid the part that was paid in advance; below zero when the bill itself gives money back
/// @param due what is to be paid
public record BillSum(
        List<Line> lines,
        BigDecimal usage,
        BigDecimal carriedIn,
        BigDecimal carriedOut,
        BigDecimal rounding,
        BigDecimal net,
        BigDecimal granted,
        BigDecimal tax,
        BigDecimal total,
        BigDecimal prepaid,
        BigDecimal due) {

    /// What the ledger says of a team in a period, of one kind and text.
    public record Usage(
            TransferKind kind, String description, long transfers, BigDecimal amount, long first, long last) {}

    /// A line: what the ledger says, and the rounded amount.
    public record Line(Usage usage, BigDecimal exact, BigDecimal amount) {}

    /// What the bills before leave to this one.
    ///
    /// @param carried what was left over by rounding
    /// @param rounding what the payments so far still have to settle of it
    /// @param granted what is left of what the hub gave away
    /// @param prepaid what is left of what was paid in advance
    public record Before(BigDecimal carried, BigDecimal rounding, BigDecimal granted, BigDecimal prepaid) {}

    /// @param digits decimals of the currency, 0 to 2
    public static BillSum of(List<Usage> usages, Before before, Tax rule, int digits) {
        List<Line> lines = new ArrayList<>();
        BigDecimal carry = before.carried();
        BigDecimal usage = BigDecimal.ZERO;
        BigDecimal net = BigDecimal.ZERO.setScale(digits);
        for (Usage used : usages) {
            BigDecimal exact =
                    used.kind() == TransferKind.REFUND ? used.amount().negate() : used.amount();
            BigDecimal whole = carry.add(exact);
            BigDecimal amount = whole.setScale(digits, RoundingMode.HALF_UP);
            carry = whole.subtract(amount);
            usage = usage.add(exact);
            net = net.add(amount);
            lines.add(new Line(used, exact, amount));
        }
        BigDecimal granted = covered(before.granted(), net, digits);
        BigDecimal taxable = net.subtract(granted);
        BigDecimal tax = rule.on(taxable, digits);
        BigDecimal total = taxable.add(tax);
        BigDecimal prepaid = total.signum() < 0 ? total : covered(before.prepaid(), taxable, digits);
        return new BillSum(
                List.copyOf(lines),
                usage,
                before.carried(),
                carry,
                net.subtract(usage).add(before.rounding()),
                net,
                granted,
                tax,
                total,
                prepaid,
                total.subtract(prepaid));
    }

    /// How much of an amount is covered, in whole cents.
    private static BigDecimal covered(BigDecimal left, BigDecimal amount, int digits) {
        return left.min(amount).max(BigDecimal.ZERO).setScale(digits, RoundingMode.DOWN);
    }

    /// The part of what is due that is no tax: the credit line that was used.
    public BigDecimal dueNet() {
        return net.subtract(granted).subtract(prepaid.max(BigDecimal.ZERO)).max(BigDecimal.ZERO);
    }
}
