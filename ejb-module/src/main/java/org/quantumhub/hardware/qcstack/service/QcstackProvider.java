package org.quantumhub.hardware.qcstack.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.transpiler.Compiled;
import org.quantumhub.engine.transpiler.NativeGates;
import org.quantumhub.engine.transpiler.Target;
import org.quantumhub.engine.transpiler.Topology;
import org.quantumhub.engine.transpiler.Transpiler;
import org.quantumhub.hardware.Adapter;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.service.AccountKeys;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.ProviderCredentials;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.hardware.service.ProviderHttp;
import org.quantumhub.hardware.service.ProviderHttp.Answer;
import org.quantumhub.hardware.service.QuantumProvider;
import org.quantumhub.hardware.service.TaskState;
import org.quantumhub.hardware.service.TaskState.Phase;
import org.quantumhub.hardware.service.Work;

/// A device of Quantum Brilliance with its own small interface: a circuit is posted in native gates and asked for until
/// its data are there. It can neither be told twice that an order is the same, nor list what it has, nor cancel: an
/// order
/// whose outcome is unknown stays unknown.
@ApplicationScoped
public class QcstackProvider implements QuantumProvider {

    private static final String PROVIDER = "quantum-brilliance";
    private static final int CONTINUE_POLLING = 425;
    private static final AccountKeys ACCOUNT =
            new AccountKeys(PROVIDER, "Quantum Brilliance", Set.of("token"), Set.of());

    @Inject
    ProviderCredentials credentials;

    @Inject
    ProviderHttp http;

    @Override
    public Adapter adapter() {
        return Adapter.QCSTACK;
    }

    @Override
    public Optional<String> notReady(Backend backend) {
        return notReachable(backend);
    }

    @Override
    public Optional<String> notReachable(Backend backend) {
        return credentials.find(PROVIDER, "url").isPresent()
                ? Optional.empty()
                : Optional.of("The device '" + backend.slug()
                        + "' has no address here: it needs hub.provider.quantum-brilliance.url.");
    }

    private Answer send(String method, String path, @Nullable String body, int accepted) {
        String address = credentials.get(PROVIDER, "url");
        @Nullable String token = token().map(t -> "Bearer " + t).orElse(null);
        String separator = address.endsWith("/") ? "" : "/";
        return http.send(method, URI.create(address + separator + "api/v1/" + path), token, body, accepted);
    }

    /// The hub may work without one, a team in its own account not.
    private Optional<String> token() {
        return credentials.isHubs()
                ? credentials.find(PROVIDER, "token")
                : Optional.of(credentials.get(PROVIDER, "token"));
    }

    @Override
    public AccountKeys accountKeys() {
        return ACCOUNT;
    }

    /// The device has no question that needs the token and reserves nothing: this tells a token that is refused from
    /// one
    /// that is not.
    @Override
    public void tryAccount() {
        send("GET", "native-gates", null, 0);
    }

    private static Compiled compile(Work work) {
        List<int[]> pairs = new ArrayList<>();
        for (int qubit = 1; qubit < work.backend().qubitCount(); qubit++) {
            pairs.add(new int[] {qubit - 1, qubit});
        }
        return Transpiler.compile(
                work.circuit(), new Target(Topology.of(work.backend().qubitCount(), pairs), NativeGates.RX_RY_CZ));
    }

    @Override
    public void validate(Work work) {
        compile(work);
    }

    @Override
    public Optional<BigDecimal> price(Work work) {
        return Optional.empty();
    }

    @Override
    public Receipt submit(String token, Work work) {
        // with a token of one's own the device is reserved first; without one it belongs to everybody
        if (token().isPresent()) {
            reserve();
        }
        Answer answer = send("POST", "circuits", order(work).toString(), 0);
        if (!(answer.object().get("id") instanceof JsonNumber id)) {
            throw new ProviderException(
                    Kind.UNKNOWN, "NO_ID", "The order was answered without a circuit.", answer.status(), null, null);
        }
        return new Receipt(id.toString(), "POSTED", answer.requestId());
    }

    /// Before the circuit is sent, so that whatever goes wrong here has ordered nothing.
    private void reserve() {
        try {
            send("PUT", "reservations", null, 0);
        } catch (ProviderException e) {
            throw e.kind() == Kind.REFUSED
                    ? e
                    : new ProviderException(
                            e.isSilence() ? Kind.UNREACHED : Kind.NOT_DONE,
                            e.code(),
                            String.valueOf(e.getMessage()),
                            e.status(),
                            e.requestId(),
                            e);
        }
    }

    private static JsonObject order(Work work) {
        Circuit circuit = compile(work).circuit();
        JsonArrayBuilder gates = Json.createArrayBuilder();
        JsonArrayBuilder measures = Json.createArrayBuilder();
        for (Instruction instruction : circuit.instructions()) {
            switch (instruction) {
                case GateInstruction gate -> gates.add(write(gate));
                case Instruction.Measure measure ->
                    measures.add(Json.createArrayBuilder().add(measure.qubit()).add(measure.clbit()));
                default -> {
                    // the device runs what it gets in order
                }
            }
        }
        JsonArrayBuilder init = Json.createArrayBuilder();
        for (int qubit = 0; qubit < work.backend().qubitCount(); qubit++) {
            init.add(0);
        }
        return Json.createObjectBuilder()
                .add("command", "circuit")
                .add(
                        "settings",
                        Json.createObjectBuilder()
                                .add("shots", work.shots())
                                .add("results", "normal")
                                .add("shot_fulfilment_strategy", "exact"))
                .add("init", init)
                .add("circuit", gates)
                .add("measure", measures)
                .build();
    }

    /// Angles in fixed point: the device's grammar knows no exponent.
    private static String write(GateInstruction gate) {
        if (gate.gate().name().equals("cz")) {
            return "CZ(q[" + gate.targets().get(0) + "],q[" + gate.targets().get(1) + "])";
        }
        String name = gate.gate().name().equals("rx") ? "Rx" : "Ry";
        return String.format(
                Locale.ROOT,
                "%s(q[%d],%.9f)",
                name,
                gate.targets().getFirst(),
                gate.parameters().getFirst());
    }

    @Override
    public boolean repeatsSafely(Duration tokenAge) {
        return false;
    }

    @Override
    public Lookup find(String token, Backend backend, Instant since) {
        return new Lookup.Unknowable();
    }

    @Override
    public Duration searchLag() {
        return Duration.ZERO;
    }

    @Override
    public Map<String, TaskState> poll(List<TaskKey> tasks) {
        Map<String, TaskState> states = new HashMap<>();
        for (TaskKey task : tasks) {
            try {
                Answer answer = send("GET", "circuits/" + task.taskId(), null, CONTINUE_POLLING);
                boolean ready = answer.status() != CONTINUE_POLLING
                        && answer.json() instanceof JsonObject object
                        && object.get("data") instanceof JsonArray;
                states.put(
                        task.taskId(),
                        ready ? TaskState.of(Phase.COMPLETED, "READY") : TaskState.of(Phase.RUNNING, "POLLING"));
            } catch (ProviderException e) {
                if (e.status() == 404) {
                    states.put(task.taskId(), TaskState.of(Phase.LOST, "NOT_FOUND"));
                } else if (e.kind() == Kind.REFUSED && !e.isAboutCredentials()) {
                    states.put(
                            task.taskId(), new TaskState(Phase.FAILED, "ERROR", null, e.getMessage(), e.requestId()));
                } else {
                    throw e;
                }
            }
        }
        return states;
    }

    @Override
    public @Nullable String cancel(TaskKey task) {
        throw ProviderException.refused("NO_CANCEL", "The device runs what it was given to its end.");
    }

    @Override
    public DeviceResult fetch(TaskKey key, Work work) {
        JsonObject answer = send("GET", "circuits/" + key.taskId(), null, 0).object();
        Compiled compiled = compile(work);
        Circuit circuit = work.circuit();
        int width = circuit.measured() ? circuit.clbitCount() : circuit.qubitCount();
        List<Integer> clbits = compiled.circuit().instructions().stream()
                .filter(Instruction.Measure.class::isInstance)
                .map(instruction -> ((Instruction.Measure) instruction).clbit())
                .toList();
        try {
            List<String> memory = new ArrayList<>();
            for (JsonValue shot : answer.getJsonArray("data")) {
                // the device may have run a few more than were asked for
                if (memory.size() < work.shots()) {
                    memory.add(bits(shot.asJsonArray(), clbits, width));
                }
            }
            Map<String, Integer> counts = new TreeMap<>();
            memory.forEach(bits -> counts.merge(bits, 1, Integer::sum));
            Map<String, Double> shares = new TreeMap<>();
            counts.forEach((bits, count) -> shares.put(bits, (double) count / memory.size()));
            return new DeviceResult(
                    counts,
                    shares,
                    false,
                    memory,
                    0,
                    "Every shot was read.",
                    Json.createObjectBuilder()
                            .add("compiledProgram", OpenQasm.write3(compiled.circuit()))
                            .add("swaps", compiled.swaps())
                            .build());
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw ProviderException.broken("RESULT_MALFORMED", "The result cannot be read: " + e.getMessage());
        }
    }

    /// A shot is the list of the measured bits, in the order in which they were asked for.
    private static String bits(JsonArray shot, List<Integer> clbits, int width) {
        if (shot.size() != clbits.size()) {
            throw new IllegalArgumentException("a shot has " + shot.size() + " bits");
        }
        char[] text = new char[width];
        Arrays.fill(text, '0');
        for (int i = 0; i < clbits.size(); i++) {
            int bit = ((JsonNumber) shot.get(i)).intValueExact();
            if (bit != 0 && bit != 1) {
                throw new IllegalArgumentException("a bit is " + bit);
            }
            text[width - 1 - clbits.get(i)] = bit == 1 ? '1' : '0';
        }
        return new String(text);
    }

    @Override
    public List<Learned> devices() {
        // a sign of life; the device tells of no catalogue
        send("GET", "native-gates", null, 0);
        return List.of();
    }

    @Override
    public List<Listed> tasks(Instant since) {
        return List.of();
    }
}
