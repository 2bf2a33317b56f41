package org.quantumhub.hardware.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import org.quantumhub.hardware.BackendRepository;
import org.quantumhub.hardware.DeviceAccessChanged;
import org.quantumhub.hardware.DeviceAccessRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamRepository;

/// Which backends a team may use: all of them, or those on its list.
@ApplicationScoped
public class DeviceAccess {

    @Inject
    DeviceAccessRepository access;

    @Inject
    BackendRepository backends;

    @Inject
    TeamRepository teams;

    @Inject
    Event<DeviceAccessChanged> changed;

    @Inject
    Clock clock;

    /// What a team may use.
    ///
    /// @param listed whether only what is on the list
    /// @param backends slugs; kept while the list is switched off
    public record Allowed(boolean listed, Set<String> backends) {

        public Allowed {
            backends = Set.copyOf(backends);
        }

        public boolean allows(String backend) {
            return !listed || backends.contains(backend);
        }
    }

    @Transactional
    public Allowed of(Caller caller) {
        return new Allowed(team(caller).isDevicesListed(), access.of(caller.teamId()));
    }

    /// @throws HubException `INVALID_FIELD` when a backend is none
    @Transactional
    public Allowed replace(Caller caller, Allowed wanted) {
        caller.mayWrite().mayAdminister();
        for (String slug : new TreeSet<>(wanted.backends())) {
            if (backends.find(slug).isEmpty()) {
                throw new HubException(ProblemCode.INVALID_FIELD, "backends: there is no backend '" + slug + "'.")
                        .with("field", "backends");
            }
        }
        teams.lock(caller.teamId());
        team(caller).listDevices(wanted.listed(), clock.instant());
        access.replace(caller.teamId(), wanted.backends());
        changed.fire(new DeviceAccessChanged(caller.teamId()));
        return wanted;
    }

    private Team team(Caller caller) {
        return teams.find(caller.teamId())
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such team."));
    }
}
