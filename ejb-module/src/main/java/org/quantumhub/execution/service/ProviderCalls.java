package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.OpenTask;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.Account;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.CircuitBreaker;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.ProviderCredentials;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.hardware.service.Providers;
import org.quantumhub.hardware.service.QuantumProvider;
import org.quantumhub.hardware.service.QuantumProvider.Lookup;
import org.quantumhub.hardware.service.QuantumProvider.Receipt;
import org.quantumhub.hardware.service.QuantumProvider.TaskKey;
import org.quantumhub.hardware.service.TaskState;
import org.quantumhub.hardware.service.Work;
import org.quantumhub.team.service.SecretSchedule;

/// Calls to providers, each in the account in which its task was ordered, measured, and told to the provider's circuit
/// breaker. No transaction is open meanwhile.
@ApplicationScoped
public class ProviderCalls {

    @Inject
    Providers providers;

    @Inject
    ProviderCredentials credentials;

    @Inject
    Catalogue catalogue;

    @Inject
    SecretSchedule secrets;

    @Inject
    Clock clock;

    /// An answer, and what is to be written about the call.
    record Called<T>(T answer, String detail) {}

    /// A call that failed, and what is to be written about it.
    static final class CallFailed extends RuntimeException {

        private final ProviderException reason;
        private final String detail;

        CallFailed(ProviderException reason, String detail) {
            super(reason.getMessage(), reason);
            this.reason = reason;
            this.detail = detail;
        }

        ProviderException reason() {
            return reason;
        }

        String detail() {
            return detail;
        }
    }

    QuantumProvider of(OpenTask task) {
        return providers.of(catalogue.get(task.backend()));
    }

    Work work(ClaimedJob job) {
        return new Work(
                catalogue.get(job.backendSlug()),
                job.format().name(),
                job.program(),
                job.shots(),
                job.seed(),
                job.memory());
    }

    private TaskKey key(OpenTask task) {
        return new TaskKey(catalogue.get(task.backend()), String.valueOf(task.providerTaskId()));
    }

    public Called<Receipt> submit(OpenTask task, Work work) {
        return call(task, "submit", () -> of(task).submit(task.token(), work), Receipt::requestId);
    }

    /// What the provider says it will ask for, to be kept with the order; null where it does not say.
    public @Nullable String price(OpenTask task, Work work) {
        try {
            return credentials
                    .in(account(task), () -> of(task).price(work))
                    .map(BigDecimal::toPlainString)
                    .orElse(null);
        } catch (ProviderException silent) {
            return null;
        }
    }

    public Called<Lookup> find(OpenTask task) {
        Backend backend = catalogue.get(task.backend());
        return call(task, "find", () -> of(task).find(task.token(), backend, task.createdAt()), found -> null);
    }

    /// Asks for the states of tasks of one provider.
    public Called<Map<String, TaskState>> poll(List<OpenTask> tasks) {
        OpenTask first = tasks.getFirst();
        return call(
                first,
                "poll",
                () -> of(first).poll(tasks.stream().map(this::key).toList()),
                states -> null);
    }

    public Called<String> cancel(OpenTask task) {
        return call(
                task,
                "cancel",
                () -> {
                    String requestId = of(task).cancel(key(task));
                    return requestId == null ? "" : requestId;
                },
                requestId -> requestId.isEmpty() ? null : requestId);
    }

    public Called<DeviceResult> fetch(OpenTask task, Work work) {
        return call(task, "fetch", () -> of(task).fetch(key(task), work), result -> null);
    }

    private interface RequestId<T> {
        @Nullable
        String of(T answer);
    }

    private static Account account(OpenTask task) {
        return task.ownAccount() ? Account.of(task.teamId()) : Account.HUB;
    }

    private <T> Called<T> call(OpenTask task, String operation, Supplier<T> call, RequestId<T> requestId) {
        CircuitBreaker breaker = providers.breaker(task.provider());
        long start = System.nanoTime();
        try {
            T answer = credentials.in(account(task), call);
            breaker.succeeded();
            return new Called<>(answer, detail(operation, start, requestId.of(answer), 200, null));
        } catch (ProviderException e) {
            if (task.ownAccount() && e.isAboutCredentials()) {
                secrets.suspect(task.teamId(), task.provider());
            }
            if (e.kind() == Kind.UNKNOWN) {
                breaker.failed(clock.instant());
            } else {
                breaker.succeeded();
            }
            throw new CallFailed(e, detail(operation, start, e.requestId(), e.status(), e));
        } catch (RuntimeException e) {
            breaker.failed(clock.instant());
            ProviderException unknown = new ProviderException(
                    Kind.UNKNOWN, e.getClass().getSimpleName(), String.valueOf(e.getMessage()), 0, null, e);
            throw new CallFailed(unknown, detail(operation, start, null, 0, unknown));
        }
    }

    private static String detail(
            String operation, long start, @Nullable String requestId, int status, @Nullable ProviderException failure) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("operation", operation);
        if (requestId != null) {
            json.add("requestId", requestId);
        }
        if (status > 0) {
            json.add("status", status);
        }
        json.add("latencyMillis", (System.nanoTime() - start) / 1_000_000);
        if (failure != null) {
            json.add("failure", failure.code()).add("message", String.valueOf(failure.getMessage()));
        }
        return json.build().toString();
    }

    /// Adds what the provider said to what is written about a call.
    static String with(String detail, String name, @Nullable String value) {
        if (value == null) {
            return detail;
        }
        String member = Json.createObjectBuilder().add(name, value).build().toString();
        return detail.substring(0, detail.length() - 1) + "," + member.substring(1);
    }
}
