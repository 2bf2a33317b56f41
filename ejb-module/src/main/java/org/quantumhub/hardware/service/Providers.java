package org.quantumhub.hardware.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.Adapter;
import org.quantumhub.hardware.Backend;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// The adapters to providers, and how each provider behaves at the moment, as this server has seen it.
@ApplicationScoped
public class Providers {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    @Any
    Instance<QuantumProvider> implementations;

    @Inject
    Clock clock;

    private final Map<Adapter, QuantumProvider> adapters = new EnumMap<>(Adapter.class);
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final Map<String, Instant> throttled = new ConcurrentHashMap<>();

    @PostConstruct
    void collect() {
        implementations.forEach(provider -> adapters.put(provider.adapter(), provider));
    }

    public Optional<QuantumProvider> of(@Nullable Adapter adapter) {
        return Optional.ofNullable(adapter).map(adapters::get);
    }

    /// @throws HubException `BACKEND_UNAVAILABLE` when there is no way to it
    public QuantumProvider of(Backend backend) {
        return of(backend.provider().adapter())
                .orElseThrow(() -> new HubException(
                        ProblemCode.BACKEND_UNAVAILABLE,
                        "The hub has no way to send jobs to '"
                                + backend.provider().name() + "'."));
    }

    /// Why nothing can be sent to a backend; empty when something can, or when it is the hub's own.
    public Optional<String> notReady(Backend backend) {
        if (!backend.isProvided()) {
            return Optional.empty();
        }
        return of(backend.provider().adapter())
                .map(provider -> provider.notReady(backend))
                .orElse(Optional.of("The hub has no way to send jobs to '"
                        + backend.provider().name() + "'."));
    }

    /// Why nothing can be sent to a backend in a team's own account.
    public Optional<String> notReadyForTeams(Backend backend) {
        Optional<QuantumProvider> adapter = of(backend.provider().adapter());
        if (!backend.isProvided() || adapter.isEmpty() || adapter.get().accountKeys() == AccountKeys.NONE) {
            return Optional.of("Teams have no accounts of their own with '"
                    + backend.provider().name() + "'.");
        }
        return adapter.get().notReachable(backend);
    }

    /// The providers with which teams can have accounts of their own.
    public List<QuantumProvider> withAccounts() {
        return adapters.values().stream()
                .filter(provider -> provider.accountKeys() != AccountKeys.NONE)
                .toList();
    }

    /// All secrets that make an account with a provider, as provider and name with a slash in between.
    public List<String> accountKeys() {
        return withAccounts().stream()
                .map(QuantumProvider::accountKeys)
                .flatMap(keys -> keys.names().stream().map(name -> keys.provider() + "/" + name))
                .toList();
    }

    public CircuitBreaker breaker(String provider) {
        return breakers.computeIfAbsent(provider, slug -> new CircuitBreaker());
    }

    /// Whether a provider may be called now.
    public boolean lets(String provider) {
        return breaker(provider).lets(clock.instant());
    }

    /// A provider has just refused a call because there were too many.
    public void throttled(String provider) {
        throttled.put(provider, clock.instant());
    }

    /// A provider has just done what it was asked.
    public void flowing(String provider) {
        throttled.remove(provider);
    }

    /// Whether a provider refused a call because there were too many, within the last minute, and has done nothing
    /// since.
    public boolean isThrottling(String provider) {
        Instant last = throttled.get(provider);
        return last != null && last.plus(MINUTE).isAfter(clock.instant());
    }

    /// How the providers behave, by slug: a report, not a verdict about this server.
    public Map<String, CircuitBreaker.State> report() {
        Map<String, CircuitBreaker.State> report = new TreeMap<>();
        breakers.forEach((slug, breaker) -> report.put(slug, breaker.state()));
        return report;
    }
}
