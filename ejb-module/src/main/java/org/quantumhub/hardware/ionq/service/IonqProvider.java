package org.quantumhub.hardware.ionq.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.Adapter;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.DeviceType;
import org.quantumhub.hardware.Paradigm;
import org.quantumhub.hardware.Technology;
import org.quantumhub.hardware.service.AccountKeys;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.HardwareConfig;
import org.quantumhub.hardware.service.ProviderCredentials;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.hardware.service.ProviderHttp;
import org.quantumhub.hardware.service.ProviderHttp.Answer;
import org.quantumhub.hardware.service.QuantumProvider;
import org.quantumhub.hardware.service.RateLimit;
import org.quantumhub.hardware.service.ShotDraw;
import org.quantumhub.hardware.service.TaskState;
import org.quantumhub.hardware.service.TaskState.Phase;
import org.quantumhub.hardware.service.Work;

/// Devices of IonQ by its own interface, version 0.4.
///
/// It knows no idempotency key: the token travels as the job's name and in its metadata, and an order in doubt is
/// looked
/// for in the list of jobs before it is repeated.
@ApplicationScoped
public class IonqProvider implements QuantumProvider {

    private static final String PROVIDER = "ionq";
    private static final String ENDPOINT = "https://api.ionq.co/v0.4";
    private static final String MARK = "quantum-hub";
    private static final String INTENT = "qh-intent";
    private static final String DEVICES = "arn:hub:qpu:::ionq/";
    private static final int MOST_LISTED = 2_000;
    private static final AccountKeys ACCOUNT = new AccountKeys(PROVIDER, "IonQ", Set.of("api-key"), Set.of());

    @Inject
    ProviderCredentials credentials;

    @Inject
    ProviderHttp http;

    @Inject
    HardwareConfig config;

    private final RateLimit rate = new RateLimit(5, 10);

    @Override
    public Adapter adapter() {
        return Adapter.IONQ;
    }

    @Override
    public Optional<String> notReady(Backend backend) {
        return credentials.find(PROVIDER, "api-key").isPresent()
                ? Optional.empty()
                : Optional.of(
                        "No account at IonQ is configured: '" + backend.slug() + "' needs hub.provider.ionq.api-key.");
    }

    @Override
    public AccountKeys accountKeys() {
        return ACCOUNT;
    }

    /// The list of jobs; that of the devices is for everybody.
    @Override
    public void tryAccount() {
        send("GET", "/jobs?limit=1", null);
    }

    @Override
    public void validate(Work work) {
        new IonqProgram(work);
    }

    private Answer send(String method, String path, @Nullable String body) {
        rate.await();
        URI uri = URI.create(credentials.find(PROVIDER, "endpoint").orElse(ENDPOINT) + path);
        return http.send(method, uri, "apiKey " + credentials.get(PROVIDER, "api-key"), body, 0);
    }

    private static String target(Backend backend) {
        return String.valueOf(backend.providerTargetId());
    }

    @Override
    public Optional<BigDecimal> price(Work work) {
        IonqProgram program = new IonqProgram(work);
        JsonObject estimate = send(
                        "GET",
                        "/jobs/estimate?backend=" + encoded(target(work.backend())) + "&qubits=" + program.qubits()
                                + "&shots=" + work.shots() + "&1q_gates=" + program.singleGates() + "&2q_gates="
                                + program.pairGates(),
                        null)
                .object();
        return Optional.ofNullable(amount(estimate.get("estimated_cost"))).map(BigDecimal::valueOf);
    }

    private static @Nullable Double amount(@Nullable JsonValue cost) {
        if (cost instanceof JsonNumber number) {
            return number.doubleValue();
        }
        return cost instanceof JsonObject object && object.get("value") instanceof JsonNumber number
                ? number.doubleValue()
                : null;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Receipt submit(String token, Work work) {
        JsonObject body = Json.createObjectBuilder()
                .add("type", "ionq.circuit.v1")
                .add("name", token)
                .add(
                        "metadata",
                        Json.createObjectBuilder().add(MARK, config.mark()).add(INTENT, token))
                .add("backend", target(work.backend()))
                .add("shots", work.shots())
                .add("input", new IonqProgram(work).input())
                .build();
        Answer answer = send("POST", "/jobs", body.toString());
        String id = answer.object().getString("id", "");
        if (id.isEmpty()) {
            throw new ProviderException(
                    Kind.UNKNOWN,
                    "NO_ID",
                    "The order was answered without a job.",
                    answer.status(),
                    answer.requestId(),
                    null);
        }
        return new Receipt(id, answer.object().getString("status", "submitted"), answer.requestId());
    }

    @Override
    public boolean repeatsSafely(Duration tokenAge) {
        return false;
    }

    @Override
    public Lookup find(String token, Backend backend, Instant since) {
        return list(since.minusSeconds(300), job -> token.equals(job.getString("name", ""))).stream()
                .findFirst()
                .<Lookup>map(job -> new Lookup.Found(job.getString("id"), job.getString("status", "")))
                .orElseGet(Lookup.Absent::new);
    }

    /// The jobs of the account, newest first, until they are older than wanted.
    private List<JsonObject> list(Instant since, Predicate<JsonObject> wanted) {
        List<JsonObject> found = new ArrayList<>();
        int seen = 0;
        String next = "";
        do {
            JsonObject page = send("GET", "/jobs?limit=100" + (next.isEmpty() ? "" : "&next=" + encoded(next)), null)
                    .object();
            for (JsonObject job : page.getJsonArray("jobs").getValuesAs(JsonObject.class)) {
                seen++;
                if (time(job.getString("submitted_at", "")).isBefore(since)) {
                    return found;
                }
                if (wanted.test(job)) {
                    found.add(job);
                }
            }
            next = page.getString("next", "");
        } while (!next.isEmpty() && seen < MOST_LISTED);
        return found;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException unknown) {
            return Instant.MAX;
        }
    }

    @Override
    public Duration searchLag() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Map<String, TaskState> poll(List<TaskKey> tasks) {
        String ids = tasks.stream().map(task -> "ids=" + encoded(task.taskId())).collect(Collectors.joining("&"));
        Answer answer = send("GET", "/jobs?limit=" + tasks.size() + "&" + ids, null);
        Map<String, TaskState> states = new HashMap<>();
        tasks.forEach(task -> states.put(task.taskId(), TaskState.of(Phase.LOST, "not found")));
        for (JsonObject job : answer.object().getJsonArray("jobs").getValuesAs(JsonObject.class)) {
            states.put(job.getString("id"), state(job, answer.requestId()));
        }
        return states;
    }

    private static TaskState state(JsonObject job, @Nullable String requestId) {
        String word = job.getString("status", "none");
        Phase phase = switch (word) {
            case "submitted", "ready" -> Phase.QUEUED;
            case "started", "running" -> Phase.RUNNING;
            case "completed" -> Phase.COMPLETED;
            case "failed" -> Phase.FAILED;
            case "canceled" -> Phase.CANCELLED;
            default -> Phase.UNHEARD;
        };
        String reason = job.get("failure") instanceof JsonObject failure
                ? failure.getString("code", "") + ": " + failure.getString("message", "")
                : null;
        return new TaskState(phase, word.length() > 60 ? word.substring(0, 60) : word, null, reason, requestId);
    }

    @Override
    public @Nullable String cancel(TaskKey task) {
        return send("PUT", "/jobs/" + encoded(task.taskId()) + "/status/cancel", null)
                .requestId();
    }

    @Override
    public DeviceResult fetch(TaskKey key, Work work) {
        JsonObject answer = send("GET", "/jobs/" + encoded(key.taskId()) + "/results/probabilities", null)
                .object();
        JsonObject job = send("GET", "/jobs/" + encoded(key.taskId()), null).object();
        try {
            Map<String, Double> states = new TreeMap<>();
            answer.forEach((state, share) -> states.put(state, ((JsonNumber) share).doubleValue()));
            Map<String, Double> probabilities = new IonqProgram(work).bits(states);
            List<String> memory = ShotDraw.of(probabilities, work.shots(), work.seed());
            Map<String, Integer> counts = new TreeMap<>();
            memory.forEach(bits -> counts.merge(bits, 1, Integer::sum));
            return new DeviceResult(
                    counts,
                    probabilities,
                    false,
                    memory,
                    job.get("execution_duration_ms") instanceof JsonNumber millis ? millis.doubleValue() / 1e3 : 0,
                    "The device told probabilities alone; shots were drawn from them with the job's seed.",
                    details(key, job));
        } catch (ClassCastException | IllegalArgumentException e) {
            throw ProviderException.broken("RESULT_MALFORMED", "The result cannot be read: " + e.getMessage());
        }
    }

    private JsonObject details(TaskKey key, JsonObject job) {
        JsonObjectBuilder details = Json.createObjectBuilder();
        if (job.get("stats") instanceof JsonObject stats) {
            details.add("stats", stats);
        }
        try {
            details.add(
                    "cost",
                    send("GET", "/jobs/" + encoded(key.taskId()) + "/cost", null)
                            .object());
        } catch (ProviderException noCost) {
            // what the provider bills is good to know, and no reason to keep a result back
        }
        return details.build();
    }

    @Override
    public List<Learned> devices() {
        List<Learned> devices = new ArrayList<>();
        if (!(send("GET", "/backends", null).json() instanceof JsonArray backends)) {
            throw ProviderException.broken("ANSWER_MALFORMED", "The list of backends is no list.");
        }
        for (JsonObject backend : backends.getValuesAs(JsonObject.class)) {
            String name = backend.getString("backend");
            boolean qpu = name.startsWith("qpu.");
            devices.add(new Learned(
                    DEVICES + name,
                    name,
                    name,
                    null,
                    qpu ? DeviceType.QPU : DeviceType.SIMULATOR,
                    qpu ? Technology.TRAPPED_ION : Technology.SIMULATOR,
                    Paradigm.GATE,
                    status(backend.getString("status", ""), backend.getBoolean("degraded", false)),
                    backend.get("qubits") instanceof JsonNumber qubits ? qubits.intValue() : null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    backend.toString(),
                    qpu ? calibration(name) : null));
        }
        return devices;
    }

    private static BackendStatus status(String word, boolean degraded) {
        return switch (word) {
            case "available", "running" -> degraded ? BackendStatus.DEGRADED : BackendStatus.ONLINE;
            case "unavailable", "offline" -> BackendStatus.OFFLINE;
            case "maintenance", "calibrating", "reserved" -> BackendStatus.MAINTENANCE;
            case "retired" -> BackendStatus.RETIRED;
            default -> BackendStatus.UNKNOWN;
        };
    }

    /// The newest characterisation in the words of our calibrations; null when there is none.
    private @Nullable String calibration(String backend) {
        JsonObject page = send("GET", "/backends/" + encoded(backend) + "/characterizations?limit=1", null)
                .object();
        if (!(page.get("characterizations") instanceof JsonArray list) || list.isEmpty()) {
            return null;
        }
        JsonObject newest = list.getJsonObject(0);
        JsonObject fidelity = object(newest, "fidelity");
        JsonObject timing = object(newest, "timing");
        JsonObjectBuilder figures = Json.createObjectBuilder().add("source", "device");
        copy(figures, "oneQubitFidelity", median(fidelity.get("1q")));
        copy(figures, "twoQubitFidelity", median(fidelity.get("2q")));
        Double spam = median(fidelity.get("spam"));
        if (spam != null) {
            figures.add(
                    "readout",
                    Json.createObjectBuilder().add("oneForZero", 1 - spam).add("zeroForOne", 1 - spam));
        }
        copy(figures, "t1Seconds", median(timing.get("t1")));
        copy(figures, "t2Seconds", median(timing.get("t2")));
        copy(figures, "oneQubitGateSeconds", median(timing.get("1q")));
        copy(figures, "twoQubitGateSeconds", median(timing.get("2q")));
        if (newest.get("id") instanceof JsonString id) {
            figures.add("characterization", id.getString());
        }
        return figures.build().toString();
    }

    private static JsonObject object(JsonObject parent, String member) {
        return parent.get(member) instanceof JsonObject object ? object : JsonObject.EMPTY_JSON_OBJECT;
    }

    private static @Nullable Double median(@Nullable JsonValue value) {
        if (value instanceof JsonNumber number) {
            return number.doubleValue();
        }
        if (value instanceof JsonObject object) {
            for (String word : List.of("median", "mean")) {
                if (object.get(word) instanceof JsonNumber number) {
                    return number.doubleValue();
                }
            }
        }
        return null;
    }

    private static void copy(JsonObjectBuilder figures, String name, @Nullable Double value) {
        if (value != null) {
            figures.add(name, value);
        }
    }

    @Override
    public List<Listed> tasks(Instant since) {
        return list(since, job -> object(job, "metadata").getString(MARK, "").equals(config.mark())).stream()
                .map(job -> new Listed(
                        job.getString("id"),
                        object(job, "metadata").getString(INTENT, ""),
                        job.getString("status", "")))
                .toList();
    }
}
