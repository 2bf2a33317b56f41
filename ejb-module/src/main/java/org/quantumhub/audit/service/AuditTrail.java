package org.quantumhub.audit.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.quantumhub.audit.AuditChain;
import org.quantumhub.audit.AuditEntry;
import org.quantumhub.audit.AuditFilter;
import org.quantumhub.audit.AuditRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.service.Database;

/// Reading the audit log: auditors all of it, owners and admins that of their team.
@ApplicationScoped
public class AuditTrail {

    private static final int MOST_FAULTS = 200;

    @Inject
    AuditRepository entries;

    @Inject
    AuditChain chain;

    @Inject
    Database database;

    /// What came of checking the chain.
    public record Verification(AuditChain.Standing standing, List<AuditChain.Fault> faults) {

        public Verification {
            faults = List.copyOf(faults);
        }
    }

    /// Newest first, one more than asked for when there are more.
    @Transactional
    public List<AuditEntry> all(Caller auditor, AuditFilter filter, int atMost) {
        return entries.find(filter, atMost);
    }

    /// Of the team that the caller acts for.
    @Transactional
    public List<AuditEntry> ofTeam(Caller caller, AuditFilter filter, int atMost) {
        caller.mayAdminister();
        return entries.find(filter.of(caller.teamId()), atMost);
    }

    @Transactional
    public Verification verify(Caller auditor) {
        return database.asRequest(c -> new Verification(chain.standing(c), chain.faults(c, MOST_FAULTS)));
    }
}
