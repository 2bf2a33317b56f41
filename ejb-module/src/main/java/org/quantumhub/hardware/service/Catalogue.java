package org.quantumhub.hardware.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.BackendCalibration;
import org.quantumhub.hardware.BackendMaintenance;
import org.quantumhub.hardware.BackendRepository;
import org.quantumhub.hardware.Provider;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.service.TeamSecrets;

/// The catalogue of backends, the same for everybody and remembered for two seconds. Then one asks the database again,
/// and whoever comes meanwhile waits for its answer: under load dozens would ask, each on a connection of its own.
@ApplicationScoped
public class Catalogue {

    private static final String ALL = "all";

    @Inject
    BackendRepository backends;

    @Inject
    Providers providers;

    @Inject
    TeamSecrets secrets;

    @Inject
    HardwareConfig config;

    @Inject
    Clock clock;

    private final Cache<String, Backend> known = remembered();
    private final Cache<String, List<BackendMaintenance>> rests = remembered();

    private static <T> Cache<String, T> remembered() {
        return Caffeine.newBuilder()
                .maximumSize(1_000)
                .expireAfterWrite(Duration.ofSeconds(2))
                .build();
    }

    /// Every backend; emulators only where they are switched on.
    @Transactional
    public List<Backend> all() {
        return backends.all().stream().filter(this::exists).toList();
    }

    @Transactional
    public List<Provider> providers() {
        return backends.providers();
    }

    /// @throws HubException `NOT_FOUND`
    @Transactional
    public Backend get(String slug) {
        return known.get(slug, this::read);
    }

    private Backend read(String slug) {
        return backends.find(slug)
                .filter(this::exists)
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no backend '" + slug + "'."));
    }

    private boolean exists(Backend backend) {
        return backend.emulates() == null || config.emulation();
    }

    /// What the provider's own document says of a backend; empty when it has not been learned.
    ///
    /// @throws HubException `NOT_FOUND`
    @Transactional
    public Optional<String> capabilities(String slug) {
        get(slug);
        return backends.capabilities(slug);
    }

    /// Whether a job may be sent to a backend now; it may have to wait there until the device opens.
    public boolean takesJobs(Backend backend) {
        return whyNot(backend).isEmpty();
    }

    /// @throws HubException `BACKEND_UNAVAILABLE`, with the reason and, where there is one, the emulator to use
    /// meanwhile
    public void refuseUnavailable(Caller caller, Backend backend) {
        Optional<String> reason = whyNot(backend);
        if (reason.isPresent() && backend.takesJobs() && rest(backend).isEmpty() && hasOwnAccount(caller, backend)) {
            reason = providers.notReadyForTeams(backend);
        }
        if (reason.isPresent()) {
            HubException refusal = new HubException(ProblemCode.BACKEND_UNAVAILABLE, reason.get())
                    .with("backendStatus", backend.status().name());
            rest(backend).ifPresent(rest -> refusal.with("until", rest.endsAt().toString()));
            throw refusal;
        }
    }

    private boolean hasOwnAccount(Caller caller, Backend backend) {
        return providers
                .of(backend.provider().adapter())
                .map(QuantumProvider::accountKeys)
                .filter(keys -> keys != AccountKeys.NONE)
                .filter(keys -> secrets.has(caller, keys.provider(), keys.names()))
                .isPresent();
    }

    private Optional<String> whyNot(Backend backend) {
        Optional<BackendMaintenance> rest = rest(backend);
        if (rest.isPresent()) {
            return Optional.of("The backend '" + backend.slug() + "' is under maintenance until "
                    + rest.get().endsAt() + ": " + rest.get().announcement());
        }
        if (!backend.takesJobs()) {
            return Optional.of("The backend '" + backend.slug() + "' is " + backend.status() + " and takes no jobs."
                    + instead(backend));
        }
        return providers.notReady(backend).map(reason -> reason + instead(backend));
    }

    private String instead(Backend backend) {
        return backends().stream()
                .filter(other -> backend.slug().equals(other.emulates()))
                .findFirst()
                .map(other -> " '" + other.slug() + "' emulates it.")
                .orElse("");
    }

    @Transactional
    List<Backend> backends() {
        return all();
    }

    /// The maintenance that goes on now.
    public Optional<BackendMaintenance> rest(Backend backend) {
        Instant now = clock.instant();
        return maintenances(backend).stream().filter(m -> m.isGoingOn(now)).findFirst();
    }

    /// Maintenances of a backend that go on or are to come.
    @Transactional
    public List<BackendMaintenance> maintenances(Backend backend) {
        return rests.get(ALL, any -> backends.maintenances(clock.instant())).stream()
                .filter(m -> m.backendId().equals(backend.id()))
                .toList();
    }

    /// Announces a maintenance.
    @Transactional
    public BackendMaintenance announce(String slug, Instant startsAt, Instant endsAt, String announcement, UUID by) {
        BackendMaintenance maintenance =
                BackendMaintenance.announce(get(slug), startsAt, endsAt, announcement, by, clock.instant());
        backends.add(maintenance);
        rests.invalidateAll();
        return maintenance;
    }

    /// Calls a maintenance off.
    ///
    /// @throws HubException `NOT_FOUND`
    @Transactional
    public void cancelMaintenance(String slug, UUID id) {
        Backend backend = get(slug);
        backends.maintenance(id)
                .filter(m -> m.backendId().equals(backend.id()))
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such maintenance."))
                .cancel(clock.instant());
        rests.invalidateAll();
    }

    /// The calibration of a backend that was valid at a moment.
    ///
    /// @throws HubException `NOT_FOUND` when none was known then
    @Transactional
    public BackendCalibration calibration(String slug, Instant at) {
        return backends.calibration(get(slug).id(), at)
                .orElseThrow(() -> new HubException(
                        ProblemCode.NOT_FOUND, "No calibration of '" + slug + "' was valid at " + at + "."));
    }

    /// Calibrations of a backend, newest first, one more than asked for when there are more.
    @Transactional
    public List<BackendCalibration> calibrations(String slug, Instant before, int atMost) {
        return backends.calibrations(get(slug).id(), before, atMost);
    }

    /// The calibration that is valid now.
    @Transactional
    public Optional<BackendCalibration> calibrationNow(Backend backend) {
        return backends.calibration(backend.id(), clock.instant());
    }
}
