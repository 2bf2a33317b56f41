package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.OpenTask;
import org.quantumhub.execution.ProviderTaskRegister;
import org.quantumhub.execution.ProviderTaskRegister.Calibration;
import org.quantumhub.execution.ProviderTaskRegister.Later;
import org.quantumhub.execution.ProviderTaskRegister.Listed;
import org.quantumhub.execution.Settled;
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
    SettlementTransaction settlement;

    @Inject
    ThisServer server;

    @Inject
    ProviderConfig config;

    /// Writes down intents, before any call is made for them.
    @Transactional(TxType.REQUIRES_NEW)
    public List<OpenTask> begin(Collection<String> backends) {
        return database.asBackground(
                connection -> register.begin(connection, server.id(), config.leaseSeconds(), backends, config.claim()));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public List<OpenTask> claim(Collection<String> providers) {
        return database.asBackground(connection ->
                register.claim(connection, server.id(), config.leaseSeconds(), providers, config.claim()));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public ClaimedJob job(OpenTask task) {
        return database.asBackground(connection -> register.job(connection, task.jobId()));
    }

    /// The provider has taken the order.
    @Transactional(TxType.REQUIRES_NEW)
    public void opened(OpenTask task, String providerTaskId, String status, long nextMillis, String call) {
        database.asBackground(connection -> {
            register.opened(connection, task, providerTaskId, status, nextMillis);
            register.called(connection, task.jobId(), "PROVIDER_SUBMIT", call);
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
                register.running(connection, later.task().jobId());
            }
            register.later(connection, List.of(later));
            register.called(connection, later.task().jobId(), reason, call);
            return later;
        });
    }

    /// The end: task, job, result and charge in one transaction, under the fences of both.
    ///
    /// @return empty when somebody else has ended it, or holds it by now
    @Transactional(TxType.REQUIRES_NEW)
    public List<Settled> settle(
            OpenTask task,
            Attempt attempt,
            @Nullable String status,
            @Nullable UUID calibration,
            String reason,
            String call) {
        return database.asBackground(connection -> {
            if (!register.settle(connection, task, status, calibration)) {
                return List.of();
            }
            register.running(connection, task.jobId());
            register.called(connection, task.jobId(), reason, call);
            return settlement.settle(List.of(attempt));
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
        return database.asBackground(connection -> register.reconcile(connection, provider, listed));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public void census() {
        database.asBackground(connection -> {
            register.census(connection);
            return server;
        });
    }
}
