package org.quantumhub.hardware.emulated.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.transpiler.Compiled;
import org.quantumhub.engine.transpiler.Transpiler;
import org.quantumhub.hardware.Adapter;
import org.quantumhub.hardware.Availability;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.EmulatedTaskRegister.Entry;
import org.quantumhub.hardware.EmulatedTaskRegister.Order;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.HardwareConfig;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.QuantumProvider;
import org.quantumhub.hardware.service.TaskState;
import org.quantumhub.hardware.service.TaskState.Phase;
import org.quantumhub.hardware.service.Work;

/// The emulated devices, behind the interface of every provider: they take orders under a token, let them wait, run
/// them
/// in the background, and have to be asked.
@ApplicationScoped
public class EmulatedProvider implements QuantumProvider {

    @Inject
    EmulatedBooks books;

    @Inject
    EmulatedRunner runner;

    @Inject
    Catalogue catalogue;

    @Inject
    HardwareConfig config;

    @Inject
    Clock clock;

    @Override
    public Adapter adapter() {
        return Adapter.EMULATOR;
    }

    @Override
    public Optional<String> notReady(Backend backend) {
        return config.emulation() ? Optional.empty() : Optional.of("Emulated devices are switched off here.");
    }

    @Override
    public void validate(Work work) {
        compile(work);
    }

    static Compiled compile(Work work) {
        Compiled compiled = Transpiler.compile(
                work.circuit(), DeviceShape.of(work.backend()).target());
        if (compiled.used().size() > NoisyRun.LARGEST) {
            throw new CircuitException(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The compiled circuit uses " + compiled.used().size() + " qubits; an emulator takes "
                            + NoisyRun.LARGEST + " at most.",
                    0,
                    0,
                    "");
        }
        return compiled;
    }

    @Override
    public Optional<BigDecimal> price(Work work) {
        return Optional.of(BigDecimal.ZERO);
    }

    @Override
    public Receipt submit(String token, Work work) {
        Order order = new Order(
                token,
                work.backend().slug(),
                work.source(),
                work.format(),
                work.shots(),
                work.seed(),
                work.memory(),
                work.parameters());
        return new Receipt(books.order(order, start(work.backend())).toString(), "QUEUED", null);
    }

    private Instant start(Backend backend) {
        Instant now = clock.instant();
        Instant opens = config.emulatedWindows() && backend.emulates() != null
                ? availability(backend.emulates()).nextOpening(now).orElse(now)
                : now;
        return opens.plusMillis(config.emulatedQueueMillis());
    }

    private Availability availability(String imitated) {
        return catalogue.get(imitated).availability();
    }

    @Override
    public boolean repeatsSafely(Duration tokenAge) {
        return true;
    }

    @Override
    public Lookup find(String token, Backend backend, Instant since) {
        return books.find(token)
                .<Lookup>map(entry -> new Lookup.Found(entry.id().toString(), entry.status()))
                .orElseGet(Lookup.Absent::new);
    }

    @Override
    public Duration searchLag() {
        return Duration.ZERO;
    }

    @Override
    public Map<String, TaskState> poll(List<TaskKey> tasks) {
        runner.wake();
        Map<String, TaskState> states = new HashMap<>();
        tasks.forEach(task -> states.put(task.taskId(), TaskState.of(Phase.LOST, "UNKNOWN")));
        for (Entry entry :
                books.list(tasks.stream().map(t -> UUID.fromString(t.taskId())).toList())) {
            states.put(
                    entry.id().toString(),
                    new TaskState(Phase.valueOf(entry.status()), entry.status(), null, entry.failure(), null));
        }
        return states;
    }

    @Override
    public @Nullable String cancel(TaskKey task) {
        books.cancel(UUID.fromString(task.taskId()));
        return null;
    }

    @Override
    public DeviceResult fetch(TaskKey task, Work work) {
        String json = books.result(UUID.fromString(task.taskId()))
                .orElseThrow(() -> ProviderException.broken("RESULT_MISSING", "The emulated device kept no result."));
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject result = reader.readObject();
            Map<String, Integer> counts = new HashMap<>();
            result.getJsonObject("counts")
                    .forEach((bits, count) -> counts.put(bits, Integer.valueOf(count.toString())));
            Map<String, Double> probabilities = new HashMap<>();
            result.getJsonObject("probabilities")
                    .forEach((bits, share) -> probabilities.put(bits, Double.valueOf(share.toString())));
            return new DeviceResult(
                    counts,
                    probabilities,
                    result.getBoolean("exact"),
                    result.getJsonArray("memory").getValuesAs(jakarta.json.JsonString::getString),
                    result.getJsonNumber("seconds").doubleValue(),
                    result.getString("explanation"),
                    result.getJsonObject("details"));
        }
    }

    @Override
    public List<Learned> devices() {
        return List.of();
    }

    @Override
    public List<Listed> tasks(Instant since) {
        return books.since(since).stream()
                .map(entry -> new Listed(entry.id().toString(), entry.token(), entry.status()))
                .toList();
    }
}
