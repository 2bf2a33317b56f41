package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.OpenTask;
import org.quantumhub.execution.ProviderIntents;
import org.quantumhub.execution.ProviderStrays;
import org.quantumhub.execution.ProviderStrays.Listed;
import org.quantumhub.execution.ProviderTaskRegister;
import org.quantumhub.execution.ProviderTaskRegister.Calibration;
import org.quantumhub.execution.ProviderTaskRegister.Later;
import org.quantumhub.execution.ProviderTaskRegister.Reachable;
import org.quantumhub.execution.Settled;
import org.quantumhub.execution.Together;
import org.quantumhub.hardware.service.Providers;
import org.quantumhub.shared.service.Database;

/// The transactions of the provider lane. Between any two of them the server may die: what is written here is what the
/// next one goes by.
@ApplicationScoped
public class ProviderBooks {

    @Inject
    Database database;

    @Inject
    ProviderTaskRegister register;

    @Inject
    ProviderIntents intents;

    @Inject
    ProviderStrays strays;

    @Inject
    SettlementTransaction settlement;

    @Inject
    Providers providers;

    @Inject
    ThisServer server;

    @Inject
    ProviderConfig config;

    /// Writes down intents, before any call is made for them.
    @Transactional(TxType.REQUIRES_NEW)
    public List<OpenTask> begin(Reachable backends, Map<String, Together> takes) {
        List<String> accountKeys = providers.accountKeys();
        return database.asBackground(connection -> intents.begin(
                connection, server.id(), config.leaseSeconds(), backends, takes, accountKeys, config.claim()));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public List<OpenTask> claim(Reachable callable) {
        return database.asBackground(
                connection -> register.claim(connection, server.id(), config.leaseSeconds(), callable, config.claim()));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public List<ClaimedJob> jobs(OpenTask task) {
        return database.asBackground(connection -> register.jobs(connection, task));
    }

    /// The provider has taken the order.
    @Transactional(TxType.REQUIRES_NEW)
    public void opened(OpenTask task, String providerTaskId, String status, long nextMillis, String call) {
        database.asBackground(connection -> {
            register.opened(connection, task, providerTaskId, status, nextMillis);
            register.called(connection, task, "PROVIDER_SUBMIT", call);
            return task;
        });
    }

    /// Nothing new about these, or nothing that ends a job.
    @Transactional(TxType.REQUIRES_NEW)
    public void later(List<Later> group) {
        database.asBackground(connection -> {
            register.later(connection, group);
            return group;
        });
    }

    /// Something new about a task that goes on.
    ///
    /// @param running whether the device works on it now
    @Transactional(TxType.REQUIRES_NEW)
    public void news(Later later, boolean running, String reason, String call) {
        database.asBackground(connection -> {
            if (running) {
                register.running(connection, later.task());
            }
            register.later(connection, List.of(later));
            register.called(connection, later.task(), reason, call);
            return later;
        });
    }

    /// The provider was asked to stop a task.
    ///
    /// @param done whether it need not be asked again
    @Transactional(TxType.REQUIRES_NEW)
    public void cancelled(OpenTask task, boolean done, String reason, String call) {
        database.asBackground(connection -> {
            if (done) {
                register.cancelSent(connection, task);
            }
            register.called(connection, task, reason, call);
            return task;
        });
    }

    /// The end: task, jobs, results and charges in one transaction, under the fences of all.
    ///
    /// @return empty when somebody else has ended it, or holds it by now
    @Transactional(TxType.REQUIRES_NEW)
    public List<Settled> settle(
            OpenTask task,
            List<Attempt> attempts,
            @Nullable String status,
            @Nullable UUID calibration,
            String reason,
            String call) {
        return database.asBackground(connection -> {
            if (!register.settle(connection, task, status, calibration)) {
                return List.of();
            }
            register.running(connection, task);
            register.called(connection, task, reason, call);
            return settlement.settle(attempts);
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    public Optional<Calibration> calibration(String backend, double secondsAgo) {
        return database.asBackground(connection -> register.calibration(connection, backend, secondsAgo));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public void hurry(UUID jobId) {
        database.asBackground(connection -> {
            register.hurry(connection, jobId);
            return jobId;
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    public List<Listed> reconcile(String provider, List<Listed> listed) {
        return database.asBackground(connection -> strays.reconcile(connection, provider, listed));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public void census() {
        database.asBackground(connection -> {
            register.census(connection);
            return server;
        });
    }
}
