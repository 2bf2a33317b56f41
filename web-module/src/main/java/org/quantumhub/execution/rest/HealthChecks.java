package org.quantumhub.execution.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.quantumhub.execution.service.LaneTicker;
import org.quantumhub.execution.service.Lanes;
import org.quantumhub.execution.service.ResultCache;
import org.quantumhub.execution.service.ThisServer;
import org.quantumhub.execution.service.Vitals;
import org.quantumhub.hardware.service.Providers;
import org.quantumhub.team.service.MasterKeyWatch;

/// What a monitor asks. Every answer carries the instance that gave it, so that a probe knows which start it reached.
/// Liveness asks nothing but itself: a server whose database is away must not be killed for it.
@ApplicationScoped
public class HealthChecks {

    private static final Duration SILENT_TICKER = Duration.ofSeconds(15);

    @Inject
    ThisServer server;

    @Inject
    Vitals vitals;

    @Inject
    LaneTicker ticker;

    @Inject
    Lanes lanes;

    @Inject
    Providers providers;

    @Inject
    MasterKeyWatch masterKey;

    @Inject
    ResultCache results;

    @Inject
    Clock clock;

    private HealthCheckResponseBuilder named(String name) {
        return HealthCheckResponse.named(name).withData("instance", server.instance());
    }

    @FunctionalInterface
    private interface Question {
        HealthCheckResponse ask(HealthCheckResponseBuilder answer);
    }

    /// A question whose failing is an answer too: down, with the kind of failure and nothing that helps an attacker.
    private HealthCheck check(String name, Question question) {
        return () -> {
            try {
                return question.ask(named(name));
            } catch (RuntimeException e) {
                return named(name)
                        .down()
                        .withData("failure", e.getClass().getSimpleName())
                        .build();
            }
        };
    }

    @Produces
    @Startup
    HealthCheck started() {
        return check(
                "started",
                answer ->
                        answer.status(ticker.lastTick().isAfter(Instant.EPOCH)).build());
    }

    @Produces
    @Liveness
    HealthCheck live() {
        return check("live", answer -> answer.up().build());
    }

    @Produces
    @Readiness
    HealthCheck database() {
        return check(
                "database", answer -> answer.status(vitals.databaseAnswers()).build());
    }

    @Produces
    @Readiness
    HealthCheck schema() {
        return check("schema", answer -> {
            Set<String> missing = vitals.missingChangeSets();
            return answer.status(missing.isEmpty())
                    .withData("missing", missing.size())
                    .build();
        });
    }

    @Produces
    @Readiness
    HealthCheck batchStore() {
        return check(
                "batch-store",
                answer -> answer.status(vitals.batchStoreIsDatabase()).build());
    }

    /// A report, never a verdict: a provider that does not answer is no reason to send nobody to this server.
    @Produces
    @Readiness
    HealthCheck providers() {
        return check("providers", answer -> {
            answer.up();
            providers.report().forEach((slug, state) -> answer.withData(slug, state.name()));
            return answer.build();
        });
    }

    /// A report as well: without its master key a server serves everything but secrets. Health is open to everybody, so
    /// the key is not named.
    @Produces
    @Readiness
    HealthCheck secrets() {
        return check("secrets", answer -> {
            answer.up().withData("masterKey", masterKey.trouble().isEmpty() ? "USABLE" : "OUT_OF_REACH");
            masterKey.trouble().ifPresent(why -> answer.withData("problem", why));
            return answer.build();
        });
    }

    /// A report, too: jobs run where results are not remembered.
    @Produces
    @Readiness
    HealthCheck resultCache() {
        return check(
                "result-cache",
                answer -> answer.up()
                        .withData("by", results.keeper())
                        .withData("working", results.isWorking())
                        .build());
    }

    @Produces
    @Readiness
    HealthCheck ticker() {
        return check("ticker", answer -> {
            Duration silent = Duration.between(ticker.lastTick(), clock.instant());
            return answer.status(silent.compareTo(SILENT_TICKER) < 0)
                    .withData("secondsSinceTick", silent.toSeconds())
                    .withData("lanesOpen", lanes.open())
                    .build();
        });
    }
}
