package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.Bill;
import org.quantumhub.billing.BillItem;
import org.quantumhub.billing.BillRepository;
import org.quantumhub.billing.BillStatus;
import org.quantumhub.billing.BillingProfile;
import org.quantumhub.billing.BillingProfileRepository;
import org.quantumhub.billing.Payment;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamRepository;

/// Reading bills, and whom they are made out to.
@ApplicationScoped
public class Bills {

    @Inject
    BillRepository repository;

    @Inject
    BillingProfileRepository profiles;

    @Inject
    TeamRepository teams;

    /// A bill with its lines and what was paid of it.
    public record Whole(Bill bill, List<BillItem> items, List<Payment> payments) {

        public Whole {
            items = List.copyOf(items);
            payments = List.copyOf(payments);
        }
    }

    @Transactional
    public Page<Bill> list(Caller caller, @Nullable BillStatus status, @Nullable UUID before, int size) {
        return Page.cut(repository.list(caller.teamId(), status, before, size), size, Bill::id);
    }

    /// @throws HubException `NOT_FOUND`
    @Transactional
    public Whole get(Caller caller, UUID id) {
        Bill bill = repository
                .find(id)
                .filter(found -> found.teamId().equals(caller.teamId()))
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such bill."));
        return new Whole(bill, repository.items(id), repository.payments(id));
    }

    /// Whom the team's bills are made out to; to its name, while it has not said.
    @Transactional
    public BillingProfile.Details profile(Caller caller) {
        return profiles.find(caller.teamId())
                .map(BillingProfile::details)
                .orElseGet(() -> new BillingProfile.Details(
                        teams.find(caller.teamId()).map(Team::name).orElse("Team " + caller.teamId()),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    /// Says whom the team's bills are made out to from now on.
    ///
    /// @throws HubException `FORBIDDEN` for plain members
    @Transactional
    public BillingProfile describe(Caller caller, BillingProfile.Details details) {
        if (caller.mayWrite().teamRole().equals("MEMBER")) {
            throw new HubException(
                    ProblemCode.FORBIDDEN, "Billing details are set by the team's owners and administrators.");
        }
        return profiles.put(caller.teamId(), details);
    }
}
