package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;
import org.quantumhub.team.OwnershipRegister;
import org.quantumhub.team.OwnershipRegister.Membership;

/// Who goes for good leaves no team to others without an owner. Asked here for a good answer, by the database for the
/// truth. (An account that an administrator closes hands its teams over by itself: that is done by the database.)
@ApplicationScoped
public class Ownership {

    @Inject
    OwnershipRegister register;

    @Inject
    Database database;

    /// The teams of somebody whose account is to be deleted. Reads in a transaction of its own, as the background role:
    /// a request sees no members of teams that it does not act for.
    ///
    /// @throws HubException `LAST_OWNER`, with the teams in which others would be left without an owner
    @Transactional(TxType.REQUIRES_NEW)
    public List<UUID> of(UUID person) {
        List<Membership> all = database.asBackground(c -> register.of(c, person));
        List<Membership> orphans =
                all.stream().filter(Membership::indispensable).toList();
        if (!orphans.isEmpty()) {
            throw new HubException(
                            ProblemCode.LAST_OWNER,
                            "This person is the only owner of teams with other people in them; make somebody else an owner"
                                    + " there first, or take the others out: "
                                    + String.join(
                                            ", ",
                                            orphans.stream()
                                                    .map(Membership::teamName)
                                                    .toList()) + ".")
                    .with(
                            "teams",
                            orphans.stream()
                                    .map(one -> Map.of("id", one.teamId().toString(), "name", one.teamName()))
                                    .toList());
        }
        return all.stream().map(Membership::teamId).toList();
    }
}
