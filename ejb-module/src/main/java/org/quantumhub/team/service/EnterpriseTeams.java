package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.quantumhub.account.EnterpriseSignedIn;
import org.quantumhub.team.TeamRole;

/// Puts people of the company's identity provider into the teams that their groups stand for, and takes them out again
/// when they have left the group. Owners are never touched: a team keeps them whatever the provider says.
@ApplicationScoped
public class EnterpriseTeams {

    private static final Logger LOG = System.getLogger(EnterpriseTeams.class.getName());

    @Inject
    EnterpriseMemberships memberships;

    @Inject
    Callers callers;

    @Inject
    @ConfigProperty(name = "hub.oidc.teams")
    Optional<String> teams;

    /// A place in a team that a group stands for.
    ///
    /// @param slug of the team
    record Place(String slug, TeamRole role) {}

    void take(@Observes EnterpriseSignedIn signedIn) {
        Map<String, Place> places = read(teams.orElse(""));
        places.forEach((group, place) -> {
            try {
                memberships.take(signedIn.userId(), place, signedIn.groups().contains(group));
            } catch (RuntimeException e) {
                LOG.log(
                        Level.WARNING,
                        "no place in team {0} for user={1}: {2}",
                        place.slug(),
                        signedIn.userId(),
                        e.toString());
            }
        });
        if (!places.isEmpty()) {
            callers.forget();
        }
    }

    /// `group=slug:ROLE,group=slug:ROLE`
    static Map<String, Place> read(String text) {
        Map<String, Place> places = new LinkedHashMap<>();
        for (String entry : text.split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            String[] parts = entry.strip().split("[=:]", 3);
            if (parts.length < 3) {
                throw new IllegalArgumentException(
                        "hub.oidc.teams is '" + text + "'; it must look like group=slug:MEMBER,group=slug:ADMIN.");
            }
            TeamRole role = TeamRole.valueOf(parts[2].strip().toUpperCase(Locale.ROOT));
            if (role == TeamRole.OWNER) {
                throw new IllegalArgumentException("hub.oidc.teams makes nobody an OWNER; owners are named by hand.");
            }
            places.put(parts[0].strip(), new Place(parts[1].strip(), role));
        }
        return places;
    }
}
