package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.User;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.RowSecurity;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamCreated;
import org.quantumhub.team.TeamMember;
import org.quantumhub.team.TeamRepository;
import org.quantumhub.team.TeamRepository.Belonging;
import org.quantumhub.team.TeamRole;

/// Teams as their people see them: made, renamed, and chosen to act for.
@ApplicationScoped
public class Teams {

    private static final int LONGEST_SLUG = 60;

    @Inject
    TeamRepository teams;

    @Inject
    UserRepository users;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    TeamConfig config;

    @Inject
    Event<TeamCreated> created;

    @Inject
    Callers callers;

    @Inject
    Clock clock;

    /// The caller's teams, oldest first.
    @Transactional
    public Page<Belonging> of(Caller caller, @Nullable UUID after, int size) {
        return Page.cut(
                teams.ofUser(caller.userId(), after, size),
                size,
                belonging -> belonging.team().id());
    }

    /// The team that the caller acts for.
    @Transactional
    public Belonging acting(Caller caller) {
        return new Belonging(team(caller), TeamRole.valueOf(caller.teamRole()));
    }

    private Team team(Caller caller) {
        return teams.find(caller.teamId())
                .filter(team -> caller.actsFor(team.id()))
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such team."));
    }

    /// Makes a team that the caller owns, with an empty wallet.
    ///
    /// @throws HubException `LIMIT_REACHED` when the caller owns as many as one person may
    @Transactional
    public Belonging create(Caller caller, String name) {
        Instant now = clock.instant();
        if (teams.ownedBy(caller.userId()) >= config.owned()) {
            throw new HubException(
                            ProblemCode.LIMIT_REACHED, "You own " + config.owned() + " teams; nobody may own more.")
                    .with("limit", config.owned());
        }
        UUID id = Ids.next();
        rowSecurity.actFor(caller.userId(), id);
        Team team = Team.named(name.strip(), slug(name, id), id, config.currency(), now);
        teams.add(team, new TeamMember(id, caller.userId(), TeamRole.OWNER, now));
        created.fire(new TeamCreated(id, caller.userId(), team.currency(), false));
        return new Belonging(team, TeamRole.OWNER);
    }

    /// The letters and digits of the name, and the end of the id, which makes it unique.
    private static String slug(String name, UUID id) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String words = plain.length() > LONGEST_SLUG ? plain.substring(0, LONGEST_SLUG) : plain;
        return (words + "-" + id.toString().substring(24)).replaceAll("^-+", "").replaceAll("-{2,}", "-");
    }

    @Transactional
    public Belonging change(Caller caller, TeamChange change) {
        caller.mayWrite().mayAdminister();
        Team team = team(caller);
        Instant now = clock.instant();
        if (change.name() != null) {
            team.rename(change.name().strip(), now);
        }
        if (change.billingAddress() != null) {
            team.billTo(change.billingAddress().strip(), now);
        }
        return new Belonging(team, TeamRole.valueOf(caller.teamRole()));
    }

    /// From now on the caller's requests act for this team unless they name another.
    @Transactional
    public void choose(Caller caller) {
        User user = users.find(caller.userId())
                .orElseThrow(() -> new HubException(ProblemCode.UNAUTHENTICATED, "This account is gone."));
        user.choose(caller.teamId(), clock.instant());
        callers.forgetDefault(caller.userId());
    }
}
