package org.quantumhub.hardware.braket.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.Adapter;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.braket.service.BraketClients.Reach;
import org.quantumhub.hardware.service.AccountKeys;
import org.quantumhub.hardware.service.AnalogProgram;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.HardwareConfig;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.hardware.service.QuantumProvider;
import org.quantumhub.hardware.service.TaskState;
import org.quantumhub.hardware.service.TaskState.Phase;
import org.quantumhub.hardware.service.Work;
import software.amazon.awssdk.services.braket.model.CreateQuantumTaskRequest;
import software.amazon.awssdk.services.braket.model.CreateQuantumTaskResponse;
import software.amazon.awssdk.services.braket.model.GetQuantumTaskResponse;
import software.amazon.awssdk.services.braket.model.QuantumTaskAdditionalAttributeName;
import software.amazon.awssdk.services.braket.model.QuantumTaskSummary;
import software.amazon.awssdk.services.braket.model.SearchQuantumTasksFilter;
import software.amazon.awssdk.services.braket.model.SearchQuantumTasksFilterOperator;

/// Devices at Amazon Braket.
///
/// The token travels twice: as `clientToken`, which makes a repeated order find the first one, and as a tag, by which
/// it
/// is found after that. One client for each region, because the region is part of a device's name.
@ApplicationScoped
public class BraketProvider implements QuantumProvider {

    private static final String MARK = "quantum-hub";
    private static final String INTENT = "qh-intent";
    private static final int MOST_SEARCHED = 2_000;
    private static final Logger LOG = System.getLogger(BraketProvider.class.getName());
    private static final AccountKeys ACCOUNT = new AccountKeys(
            BraketClients.PROVIDER,
            "Amazon Braket",
            Set.of("access-key-id", "secret-access-key", "bucket"),
            Stream.concat(
                            Stream.of("session-token", "prefix"),
                            BraketClients.REGIONS.stream().map(region -> "bucket." + region))
                    .collect(Collectors.toSet()));

    /// How long a repeated order is trusted to find the first; later it is looked for.
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

    @Inject
    BraketClients clients;

    @Inject
    BraketStorage storage;

    @Inject
    BraketDevices devices;

    @Inject
    HardwareConfig config;

    @Inject
    Catalogue catalogue;

    /// What the capabilities said that were learned then; the document is large and seldom another.
    private record Known(@Nullable Instant learnedAt, SetLimits limits) {}

    private final Map<String, Known> setLimits = new ConcurrentHashMap<>();

    @Override
    public Adapter adapter() {
        return Adapter.BRAKET;
    }

    @Override
    public Optional<String> notReady(Backend backend) {
        return clients.bucket(clients.regionOf(backend.deviceArn())).isPresent()
                ? Optional.empty()
                : Optional.of("No account at Amazon Braket is configured: '" + backend.slug()
                        + "' needs hub.provider.amazon-braket.bucket and credentials.");
    }

    @Override
    public AccountKeys accountKeys() {
        return ACCOUNT;
    }

    /// The devices can be listed, and the bucket be reached into which results are to go.
    @Override
    public void tryAccount() {
        String region = clients.region();
        Reach reach = clients.reach(region);
        reach.searching().await();
        BraketCalls.call(
                () -> reach.braket().searchDevices(r -> r.filters(List.of()).maxResults(1)));
        String bucket = clients.bucketThere(region);
        try {
            BraketCalls.call(() -> reach.s3().headBucket(r -> r.bucket(bucket)));
        } catch (ProviderException e) {
            // such an answer has no text
            switch (e.status()) {
                case 301 -> LOG.log(Level.DEBUG, "the bucket lies in another region than {0}", region);
                case 403, 404 ->
                    throw new ProviderException(
                            Kind.REFUSED,
                            e.status() == 403 ? "BUCKET_FORBIDDEN" : "BUCKET_MISSING",
                            e.status() == 403
                                    ? "the keys may not use the bucket for results."
                                    : "there is no bucket of this name for results.",
                            403,
                            e.requestId(),
                            e);
                default -> throw e;
            }
        }
    }

    @Override
    public void validate(Work work) {
        if (work.isAnalog()) {
            new AnalogLimits(catalogue.capabilities(work.backend().slug()).orElse(null))
                    .check(AnalogProgram.read(work.source()));
        } else {
            BraketProgram.of(work);
        }
    }

    @Override
    public Optional<BigDecimal> price(Work work) {
        return Optional.empty();
    }

    @Override
    public Receipt submit(String token, Work work) {
        return order(token, work.backend(), action(work));
    }

    @Override
    public SetLimits setLimits(Backend backend) {
        Known known = setLimits.get(backend.slug());
        if (known == null || !Objects.equals(known.learnedAt(), backend.learnedAt())) {
            SetLimits limits = catalogue
                    .capabilities(backend.slug())
                    .map(BraketSets::limits)
                    .orElse(SetLimits.ALONE);
            known = new Known(backend.learnedAt(), limits);
            setLimits.put(backend.slug(), known);
        }
        return known.limits();
    }

    @Override
    public Receipt submitSet(String token, List<Work> programs) {
        BraketSets set = new BraketSets(programs);
        return order(token, programs.getFirst().backend(), new Action(set.action(), set.shots()));
    }

    private Receipt order(String token, Backend backend, Action action) {
        String arn = backend.deviceArn();
        String region = clients.regionOf(arn);
        Reach reach = clients.reach(region);
        CreateQuantumTaskRequest request = CreateQuantumTaskRequest.builder()
                .clientToken(token)
                .deviceArn(arn)
                .action(action.document())
                .shots(action.shots())
                .outputS3Bucket(clients.bucketThere(region))
                .outputS3KeyPrefix(clients.prefix())
                .tags(tags(token))
                .build();
        reach.creating().await();
        CreateQuantumTaskResponse response =
                BraketCalls.call(() -> reach.braket().createQuantumTask(request));
        if (response.quantumTaskArn() == null || !response.quantumTaskArn().startsWith("arn:")) {
            throw new ProviderException(
                    Kind.UNKNOWN, "NO_ARN", "The order was answered without a task.", 201, requestId(response), null);
        }
        return new Receipt(response.quantumTaskArn(), "CREATED", requestId(response));
    }

    /// The program of an order, and for how many shots.
    private record Action(String document, long shots) {}

    private static Action action(Work work) {
        if (work.isAnalog()) {
            return new Action(AnalogProgram.read(work.source()).document().toString(), work.shots());
        }
        BraketProgram program = BraketProgram.of(work);
        // what is computed and not sampled is refused with shots
        return new Action(program.action(), program.isExact() ? 0 : work.shots());
    }

    /// In one order, whichever server asks: a repeated order is the same byte by byte.
    private Map<String, String> tags(String token) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(MARK, config.mark());
        tags.put(INTENT, token);
        return tags;
    }

    private static @Nullable String requestId(software.amazon.awssdk.services.braket.model.BraketResponse response) {
        return response.responseMetadata() == null
                ? null
                : response.responseMetadata().requestId();
    }

    @Override
    public boolean repeatsSafely(Duration tokenAge) {
        return tokenAge.compareTo(TOKEN_LIFE) < 0;
    }

    @Override
    public Lookup find(String token, Backend backend, Instant since) {
        List<SearchQuantumTasksFilter> filters = List.of(
                filter("deviceArn", SearchQuantumTasksFilterOperator.EQUAL, backend.deviceArn()),
                filter(
                        "createdAt",
                        SearchQuantumTasksFilterOperator.GTE,
                        since.minusSeconds(300).toString()));
        return search(clients.regionOf(backend.deviceArn()), filters).stream()
                .filter(task -> token.equals(task.tags().get(INTENT)))
                .findFirst()
                .<Lookup>map(task -> new Lookup.Found(task.quantumTaskArn(), task.statusAsString()))
                .orElseGet(Lookup.Absent::new);
    }

    private static SearchQuantumTasksFilter filter(
            String name, SearchQuantumTasksFilterOperator operator, String value) {
        return SearchQuantumTasksFilter.builder()
                .name(name)
                .operator(operator)
                .values(value)
                .build();
    }

    private List<QuantumTaskSummary> search(String region, List<SearchQuantumTasksFilter> filters) {
        Reach reach = clients.reach(region);
        List<QuantumTaskSummary> found = new ArrayList<>();
        @Nullable String next = null;
        do {
            String page = next;
            reach.searching().await();
            var response = BraketCalls.call(() -> reach.braket()
                    .searchQuantumTasks(r -> r.filters(filters).maxResults(100).nextToken(page)));
            found.addAll(response.quantumTasks());
            next = response.nextToken();
        } while (next != null && found.size() < MOST_SEARCHED);
        return found;
    }

    @Override
    public Duration searchLag() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Map<String, TaskState> poll(List<TaskKey> tasks) {
        Map<String, TaskState> states = new HashMap<>();
        ProviderException last = null;
        for (TaskKey task : tasks) {
            try {
                states.put(task.taskId(), state(get(task.taskId())));
            } catch (ProviderException e) {
                if (e.status() == 404) {
                    states.put(
                            task.taskId(), new TaskState(Phase.LOST, "NOT_FOUND", null, e.getMessage(), e.requestId()));
                } else {
                    last = e;
                    if (e.isSilence()) {
                        break;
                    }
                }
            }
        }
        if (states.isEmpty() && last != null) {
            throw last;
        }
        return states;
    }

    private GetQuantumTaskResponse get(String arn) {
        Reach reach = clients.reach(clients.regionOf(arn));
        reach.reading().await();
        return BraketCalls.call(() -> reach.braket()
                .getQuantumTask(r ->
                        r.quantumTaskArn(arn).additionalAttributeNames(QuantumTaskAdditionalAttributeName.QUEUE_INFO)));
    }

    private static TaskState state(GetQuantumTaskResponse task) {
        String word = String.valueOf(task.statusAsString());
        Phase phase = switch (word) {
            case "CREATED", "QUEUED" -> Phase.QUEUED;
            case "RUNNING" -> Phase.RUNNING;
            case "COMPLETED" -> Phase.COMPLETED;
            case "FAILED" -> Phase.FAILED;
            case "CANCELLING" -> Phase.CANCELLING;
            case "CANCELLED" -> Phase.CANCELLED;
            default -> Phase.UNHEARD;
        };
        String position = task.queueInfo() == null ? null : task.queueInfo().position();
        return new TaskState(
                phase,
                word.length() > 60 ? word.substring(0, 60) : word,
                position != null && position.length() > 20 ? position.substring(0, 20) : position,
                task.failureReason(),
                requestId(task));
    }

    @Override
    public @Nullable String cancel(TaskKey task) {
        Reach reach = clients.reach(clients.regionOf(task.taskId()));
        reach.cancelling().await();
        return requestId(BraketCalls.call(() -> reach.braket()
                .cancelQuantumTask(r -> r.quantumTaskArn(task.taskId()).clientToken(uuid(task.taskId())))));
    }

    /// The last part of a task's ARN: cancelling it twice is one request.
    private static String uuid(String arn) {
        String last = arn.substring(arn.lastIndexOf('/') + 1);
        return last.length() > 64 ? last.substring(0, 64) : last;
    }

    @Override
    public DeviceResult fetch(TaskKey key, Work work) {
        JsonObject document = document(key);
        return work.isAnalog()
                ? AnalogResult.of(document)
                : new BraketResult(work.circuit(), work.shots(), work.seed()).read(document);
    }

    @Override
    public List<Part> fetchSet(TaskKey key, List<Work> programs) {
        return new BraketSets(programs).read(document(key));
    }

    private JsonObject document(TaskKey key) {
        GetQuantumTaskResponse task = get(key.taskId());
        return storage.result(
                clients.regionOf(key.taskId()),
                String.valueOf(task.outputS3Bucket()),
                String.valueOf(task.outputS3Directory()));
    }

    @Override
    public List<Learned> devices() {
        return devices.all();
    }

    @Override
    public List<Listed> tasks(Instant since) {
        List<Listed> listed = new ArrayList<>();
        for (String region : clients.regions()) {
            for (QuantumTaskSummary task : search(
                    region, List.of(filter("createdAt", SearchQuantumTasksFilterOperator.GTE, since.toString())))) {
                if (config.mark().equals(task.tags().get(MARK))) {
                    listed.add(new Listed(
                            task.quantumTaskArn(),
                            task.tags().getOrDefault(INTENT, ""),
                            String.valueOf(task.statusAsString())));
                }
            }
        }
        return listed;
    }
}
