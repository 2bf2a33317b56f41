package org.quantumhub.hardware.ionq.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.Adapter;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.DeviceRegister.Learned;
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
    private static final int MOST_LISTED = 2_000;
    private static final String AGGREGATE = "ionq.result.probabilities-aggregate.json.v1";

    /// Far below what a job may hold, because a circuit may grow when its gates are taken apart.
    private static final SetLimits SET = new SetLimits(100, 1_000_000, 20_000);
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
                        "/jobs/estimate?backend=" + encoded(target(work.backend())) + "&type=" + program.type()
                                + "&qubits=" + program.qubits()
                                + "&shots=" + work.shots() + "&1q_gates=" + program.singleGates() + "&2q_gates="
                                + program.pairGates(),
                        null)
                .object();
        return estimate.getString("estimated_unit", "").equalsIgnoreCase("usd")
                        && estimate.get("estimated_total_cost") instanceof JsonNumber cost
                ? Optional.of(cost.bigDecimalValue())
                : Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Receipt submit(String token, Work work) {
        IonqProgram program = new IonqProgram(work);
        return order(token, work, program.type(), program.input());
    }

    @Override
    public SetLimits setLimits(Backend backend) {
        return SET;
    }

    /// Each circuit is named after its place, by which its result is found.
    @Override
    public Receipt submitSet(String token, List<Work> programs) {
        JsonArrayBuilder circuits = Json.createArrayBuilder();
        int qubits = 1;
        for (int place = 0; place < programs.size(); place++) {
            IonqProgram program = new IonqProgram(programs.get(place));
            circuits.add(program.part(String.valueOf(place)));
            qubits = Math.max(qubits, program.qubits());
        }
        return order(
                token,
                programs.getFirst(),
                "ionq.multi-circuit.v1",
                Json.createObjectBuilder()
                        .add("gateset", "qis")
                        .add("qubits", qubits)
                        .add("circuits", circuits)
                        .build());
    }

    private Receipt order(String token, Work work, String type, JsonObject input) {
        JsonObject body = Json.createObjectBuilder()
                .add("type", type)
                .add("name", token)
                .add(
                        "metadata",
                        Json.createObjectBuilder().add(MARK, config.mark()).add(INTENT, token))
                .add("backend", target(work.backend()))
                .add("shots", work.shots())
                .add("input", input)
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
                // the circuits of a job of several are listed as jobs of their own
                if (!(job.get("parent_job_id") instanceof JsonString) && wanted.test(job)) {
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
            states.put(job.getString("id"), IonqResult.state(job, answer.requestId()));
        }
        return states;
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
        return IonqResult.of(work, answer, job, details(key, job));
    }

    /// Three calls however many circuits there are: the job, its circuits, and all of their distributions.
    @Override
    public List<Part> fetchSet(TaskKey key, List<Work> programs) {
        String path = "/jobs/" + encoded(key.taskId());
        JsonObject job = send("GET", path, null).object();
        Map<Integer, JsonObject> circuits = circuits(key, job);
        JsonObject all = aggregate(path, job);
        JsonObject details = details(key, job);
        List<Part> parts = new ArrayList<>();
        for (int place = 0; place < programs.size(); place++) {
            parts.add(IonqResult.part(programs.get(place), circuits.get(place), all, details));
        }
        return parts;
    }

    private JsonObject aggregate(String path, JsonObject job) {
        return object(object(job, "results"), AGGREGATE).get("id") instanceof JsonString id
                ? send("GET", path + "/artifacts/" + encoded(id.getString()), null)
                        .object()
                : JsonValue.EMPTY_JSON_OBJECT;
    }

    /// The circuits of a job by their place: by the name we gave them, else in the order in which the job lists them.
    private Map<Integer, JsonObject> circuits(TaskKey key, JsonObject job) {
        Map<Integer, JsonObject> byPlace = new HashMap<>();
        JsonArray listed = job.get("child_job_ids") instanceof JsonArray ids ? ids : JsonValue.EMPTY_JSON_ARRAY;
        List<String> order = listed.stream()
                .map(id -> id instanceof JsonString text ? text.getString() : "")
                .toList();
        for (JsonObject child : pages("/jobs?limit=100&parent_job_id=" + encoded(key.taskId()))) {
            String name = child.get("name") instanceof JsonString text ? text.getString() : "";
            int place = name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : order.indexOf(child.getString("id", "-"));
            if (place >= 0 && byPlace.put(place, child) != null) {
                throw ProviderException.broken(
                        "RESULT_MALFORMED", "Two circuits of the job have the place " + place + ".");
            }
        }
        return byPlace;
    }

    private List<JsonObject> pages(String path) {
        List<JsonObject> found = new ArrayList<>();
        String next = "";
        do {
            JsonObject page = send("GET", path + (next.isEmpty() ? "" : "&next=" + encoded(next)), null)
                    .object();
            if (!(page.get("jobs") instanceof JsonArray jobs)) {
                throw ProviderException.broken("ANSWER_MALFORMED", "The list of jobs is no list.");
            }
            found.addAll(jobs.getValuesAs(JsonObject.class));
            next = page.getString("next", "");
        } while (!next.isEmpty() && found.size() < MOST_LISTED);
        return found;
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
        if (!(send("GET", "/backends", null).json() instanceof JsonArray backends)) {
            throw ProviderException.broken("ANSWER_MALFORMED", "The list of backends is no list.");
        }
        List<Learned> devices = new ArrayList<>();
        for (JsonObject backend : backends.getValuesAs(JsonObject.class)) {
            devices.add(IonqDevice.learned(backend, IonqDevice.isQpu(backend) ? characterization(backend) : null));
        }
        return devices;
    }

    /// The newest characterization of a device; null when there is none.
    private @Nullable JsonObject characterization(JsonObject backend) {
        JsonObject page = send(
                        "GET",
                        "/backends/" + encoded(backend.getString("backend")) + "/characterizations?limit=1",
                        null)
                .object();
        return page.get("characterizations") instanceof JsonArray list && !list.isEmpty()
                ? list.getJsonObject(0)
                : null;
    }

    private static JsonObject object(JsonObject parent, String member) {
        return parent.get(member) instanceof JsonObject object ? object : JsonObject.EMPTY_JSON_OBJECT;
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
