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
import org.quantumhub.execution.JobFacts;
import org.quantumhub.execution.OpenTask;
import org.quantumhub.execution.Together;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.Account;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.CircuitBreaker;
import org.quantumhub.hardware.service.ProviderCredentials;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.hardware.service.Providers;
import org.quantumhub.hardware.service.QuantumProvider;
import org.quantumhub.hardware.service.QuantumProvider.Lookup;
import org.quantumhub.hardware.service.QuantumProvider.Part;
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
                job.memory(),
                job.parameters());
    }

    private TaskKey key(OpenTask task) {
        return new TaskKey(catalogue.get(task.backend()), String.valueOf(task.providerTaskId()));
    }

    /// How many jobs of a bundle a backend takes in one task.
    public Together together(String backend) {
        Backend device = catalogue.get(backend);
        QuantumProvider.SetLimits limits = providers.of(device).setLimits(device);
        return new Together(limits.programs(), limits.shots(), limits.gates());
    }

    public Called<Receipt> submit(OpenTask task, List<Work> work) {
        return call(
                task,
                "submit",
                () -> task.isSet()
                        ? of(task).submitSet(task.token(), work)
                        : of(task).submit(task.token(), work.getFirst()),
                Receipt::requestId);
    }

    /// What the provider says it will ask for, to be kept with the order; null where it does not say.
    public @Nullable String price(OpenTask task, List<Work> work) {
        try {
            return task.isSet()
                    ? null
                    : credentials
                            .in(account(task), () -> of(task).price(work.getFirst()))
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

    /// What was found, for each program of the task.
    public Called<List<Part>> fetch(OpenTask task, List<Work> work) {
        return call(
                task,
                "fetch",
                () -> task.isSet()
                        ? of(task).fetchSet(key(task), work)
                        : List.<Part>of(new Part.Found(of(task).fetch(key(task), work.getFirst()))),
                result -> null);
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
            providers.flowing(task.provider());
            return new Called<>(answer, detail(operation, start, requestId.of(answer), 200, null));
        } catch (ProviderException e) {
            if (task.ownAccount() && e.isAboutCredentials()) {
                secrets.suspect(task.teamId(), task.provider());
            }
            if (e.isSilence()) {
                breaker.failed(clock.instant());
            } else {
                breaker.succeeded();
            }
            if (JobFacts.isThrottling(e.code(), e.status())) {
                providers.throttled(task.provider());
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
