package org.quantumhub.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Amazon Braket on the wire: the requests of its REST-JSON protocol, each checked against the shape that the service's
/// model gives it, and the answers of the same. Tasks take a few questions to complete; their results go to the object
/// storage. What is wrong with a request is answered as the service would, and remembered.
final class BraketStub implements AutoCloseable {

    static final String GARNET = "arn:aws:braket:eu-north-1::device/qpu/iqm/Garnet";
    static final String SV1 = "arn:aws:braket:::device/quantum-simulator/amazon/sv1";
    static final String AQUILA = "arn:aws:braket:us-east-1::device/qpu/quera/Aquila";

    /// The accounts there are.
    private static final Set<String> KEYS = Set.of(ObjectStorage.KEY, ObjectStorage.TEAM_KEY);

    /// Ways to misbehave; each is used once, in order.
    enum Fault {
        THROTTLED,
        OFFLINE,
        FAILING,
        RESET_BEFORE,
        RESET_AFTER,
        REFUSED,
        UNWELCOME,
        GOING_BACK,
        UNHEARD,
        RESULT_MISSING,
        RESULT_BROKEN,
        RESULT_ELSEWHERE,
        TASK_FAILED,
        PART_FAILED,
        PART_MISSING,
        DUPLICATED,
        COMPLETED_AFTER_CANCEL,
        SLOW_QUEUE,
        TIMED_OUT
    }

    private final HttpServer server;
    private final ObjectStorage storage;
    private final Map<String, BraketTask> byToken = new ConcurrentHashMap<>();
    private final Map<String, BraketTask> byArn = new ConcurrentHashMap<>();
    private final Deque<Fault> creating = new ConcurrentLinkedDeque<>();
    private final Deque<Fault> running = new ConcurrentLinkedDeque<>();
    private final List<String> wrongRequests = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private volatile String deviceStatus = "ONLINE";
    private volatile String shotPrice = "0.01";
    private volatile boolean forgetful;
    private volatile boolean mute;
    private volatile boolean allWait;

    private BraketStub(HttpServer server, ObjectStorage storage) {
        this.server = server;
        this.storage = storage;
    }

    static BraketStub start(ObjectStorage storage) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            BraketStub stub = new BraketStub(server, storage);
            server.createContext("/", stub::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return stub;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Environment of a hub that takes this for Braket.
    Map<String, String> settings() {
        return BraketDocuments.settings(endpoint(), storage);
    }

    /// The next orders go wrong like this.
    void whenOrdered(Fault... faults) {
        creating.addAll(List.of(faults));
    }

    void ordersGoWell() {
        creating.clear();
    }

    /// The next tasks go wrong like this.
    void whenRunning(Fault... faults) {
        running.addAll(List.of(faults));
    }

    void deviceIs(String status) {
        deviceStatus = status;
    }

    /// What Aquila asks for a shot.
    void shotsCost(String price) {
        shotPrice = price;
    }

    /// Every order takes effect from now on, and none is answered; nor is who asks for orders.
    void muteOrders(boolean silent) {
        mute = silent;
    }

    /// Tokens mean nothing from now on: the same again makes another task.
    void forgetTokens(boolean forget) {
        forgetful = forget;
        byToken.clear();
    }

    /// No task comes to its end from now on.
    void letAllWait() {
        allWait = true;
    }

    List<BraketTask> tasks() {
        return List.copyOf(byArn.values());
    }

    /// Requests that do not follow the protocol.
    List<String> wrongRequests() {
        return wrongRequests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getRawPath();
            String method = exchange.getRequestMethod();
            String signature = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String keyId =
                    signature.replaceFirst("^AWS4-HMAC-SHA256 Credential=", "").replaceFirst("/.*", "");
            if (!signature.startsWith("AWS4-HMAC-SHA256 Credential=")
                    || !signature.matches(".*/(eu-north-1|us-east-1)/braket/aws4_request.*")) {
                wrong(exchange, 403, "AccessDeniedException", "not signed: " + signature);
            } else if (!KEYS.contains(keyId)) {
                error(
                        exchange,
                        403,
                        "UnrecognizedClientException",
                        "The security token included in the request is invalid.");
            } else if (method.equals("POST") && path.equals("/quantum-task")) {
                create(exchange, keyId, body);
            } else if (method.equals("POST") && path.equals("/quantum-tasks")) {
                if (!mute) {
                    search(exchange, keyId, body);
                }
            } else if (method.equals("GET") && path.startsWith("/quantum-task/")) {
                get(exchange, keyId, arn(path, "/quantum-task/", ""));
            } else if (method.equals("PUT") && path.startsWith("/quantum-task/") && path.endsWith("/cancel")) {
                cancel(exchange, arn(path, "/quantum-task/", "/cancel"), body);
            } else if (method.equals("POST") && path.equals("/devices")) {
                devices(exchange, body);
            } else if (method.equals("GET") && path.startsWith("/device/")) {
                device(exchange, arn(path, "/device/", ""));
            } else {
                wrong(exchange, 400, "ValidationException", method + " " + path + " is no operation");
            }
        }
    }

    /// Names travel with every separator encoded.
    private static String arn(String path, String before, String after) {
        String encoded = path.substring(before.length(), path.length() - after.length());
        return encoded.contains("/") ? "?" + encoded : URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    private void create(HttpExchange exchange, String keyId, String body) throws IOException {
        Fault fault = mute ? Fault.RESET_AFTER : creating.poll();
        if (fault == null) {
            take(exchange, keyId, body, null);
            return;
        }
        switch (fault) {
            case THROTTLED -> error(exchange, 429, "ThrottlingException", "slow down");
            case OFFLINE -> error(exchange, 424, "DeviceOfflineException", "the device is offline");
            case REFUSED -> error(exchange, 400, "ValidationException", "the program is not for this device");
            case UNWELCOME -> error(exchange, 403, "AccessDeniedException", "the key was withdrawn");
            case FAILING -> error(exchange, 500, "InternalServiceException", "try again");
            case RESET_BEFORE -> {} // closed without an answer
            default -> take(exchange, keyId, body, fault);
        }
    }

    private void take(HttpExchange exchange, String keyId, String body, @Nullable Fault fault) throws IOException {
        JsonObject order = read(body);
        String problem = BraketOrders.problem(order);
        if (problem != null) {
            wrong(exchange, 400, "ValidationException", problem);
            return;
        }
        BraketTask known = byToken.get(order.getString("clientToken"));
        if (known != null && !known.body.equals(body)) {
            wrong(exchange, 409, "ConflictException", "the token was used for another order");
            return;
        }
        BraketTask task = known;
        if (task == null) {
            task = new BraketTask(keyId, order, body);
            task.fault = allWait ? Fault.SLOW_QUEUE : running.poll();
            if (!forgetful) {
                byToken.put(order.getString("clientToken"), task);
            }
            byArn.put(task.arn, task);
        }
        if (fault == Fault.DUPLICATED) {
            BraketTask second = new BraketTask(keyId, order, body);
            byArn.put(second.arn, second);
        }
        if (fault == Fault.TIMED_OUT) {
            // nothing is said until the stub is closed
            closing.join();
        } else if (fault != Fault.RESET_AFTER) {
            answer(
                    exchange,
                    201,
                    Json.createObjectBuilder().add("quantumTaskArn", task.arn).build());
        }
    }

    /// Nobody is told of tasks in other accounts.
    private void get(HttpExchange exchange, String keyId, String arn) throws IOException {
        BraketTask task = byArn.get(arn);
        if (task == null || !task.keyId.equals(keyId)) {
            error(exchange, 404, "ResourceNotFoundException", "no such task");
            return;
        }
        task.advance(storage);
        boolean elsewhere = task.fault == Fault.RESULT_ELSEWHERE;
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("quantumTaskArn", task.arn)
                .add("status", task.status)
                .add("deviceArn", task.device())
                .add("deviceParameters", "{}")
                .add("shots", task.order.getJsonNumber("shots"))
                .add("outputS3Bucket", elsewhere ? "somebody-elses" : task.order.getString("outputS3Bucket"))
                .add("outputS3Directory", task.directory())
                .add("createdAt", task.createdAt.toString())
                .add("tags", task.order.getJsonObject("tags"));
        if (String.valueOf(exchange.getRequestURI().getQuery()).contains("additionalAttributeNames=QueueInfo")) {
            json.add(
                    "queueInfo",
                    Json.createObjectBuilder()
                            .add("queue", "QUANTUM_TASKS_QUEUE")
                            .add("position", ">2000"));
        }
        if (task.status.equals("FAILED")) {
            json.add("failureReason", "the laser went out");
        }
        answer(exchange, 200, json.build());
    }

    private void cancel(HttpExchange exchange, String arn, String body) throws IOException {
        BraketTask task = byArn.get(arn);
        JsonObject request = read(body);
        if (!request.keySet().equals(Set.of("clientToken"))) {
            wrong(exchange, 400, "ValidationException", "cancel takes a clientToken: " + body);
        } else if (task == null) {
            error(exchange, 404, "ResourceNotFoundException", "no such task");
        } else if (Set.of("COMPLETED", "FAILED", "CANCELLED").contains(task.status)) {
            error(exchange, 409, "ConflictException", "the task has ended");
        } else {
            task.cancelled = true;
            answer(
                    exchange,
                    200,
                    Json.createObjectBuilder()
                            .add("quantumTaskArn", arn)
                            .add("cancellationStatus", "CANCELLING")
                            .build());
        }
    }

    private void search(HttpExchange exchange, String keyId, String body) throws IOException {
        JsonObject request = read(body);
        List<JsonObject> filters =
                new ArrayList<>(request.getJsonArray("filters").getValuesAs(JsonObject.class));
        for (JsonObject filter : filters) {
            if (!filter.keySet().equals(Set.of("name", "operator", "values"))) {
                wrong(exchange, 400, "ValidationException", "a filter has name, operator and values: " + filter);
                return;
            }
        }
        JsonArrayBuilder found = Json.createArrayBuilder();
        for (BraketTask task : byArn.values()) {
            if (task.keyId.equals(keyId) && filters.stream().allMatch(filter -> BraketOrders.accepts(filter, task))) {
                found.add(Json.createObjectBuilder()
                        .add("quantumTaskArn", task.arn)
                        .add("status", task.status)
                        .add("deviceArn", task.device())
                        .add("shots", task.order.getJsonNumber("shots"))
                        .add("outputS3Bucket", task.order.getString("outputS3Bucket"))
                        .add("outputS3Directory", task.directory())
                        .add("createdAt", task.createdAt.toString())
                        .add("tags", task.order.getJsonObject("tags")));
            }
        }
        answer(
                exchange,
                200,
                Json.createObjectBuilder().add("quantumTasks", found).build());
    }

    private void devices(HttpExchange exchange, String body) throws IOException {
        if (!read(body).containsKey("filters")) {
            wrong(exchange, 400, "ValidationException", "filters are missing");
            return;
        }
        answer(
                exchange,
                200,
                Json.createObjectBuilder()
                        .add(
                                "devices",
                                Json.createArrayBuilder()
                                        .add(BraketDocuments.garnet(deviceStatus))
                                        .add(BraketDocuments.aquila())
                                        .add(BraketDocuments.sv1()))
                        .build());
    }

    private void device(HttpExchange exchange, String arn) throws IOException {
        if (arn.equals(AQUILA)) {
            answer(exchange, 200, BraketDocuments.aquilaDevice(shotPrice));
            return;
        }
        if (arn.equals(SV1)) {
            answer(exchange, 200, BraketDocuments.sv1Device());
            return;
        }
        if (!arn.equals(GARNET)) {
            error(exchange, 404, "ResourceNotFoundException", "no such device");
            return;
        }
        String agent = String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"));
        answer(exchange, 200, BraketDocuments.device(deviceStatus, agent.contains("BraketSchemas/1.8")));
    }

    static JsonObject read(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    private void wrong(HttpExchange exchange, int status, String type, String message) throws IOException {
        wrongRequests.add(message);
        error(exchange, status, type, message);
    }

    private static void error(HttpExchange exchange, int status, String type, String message) throws IOException {
        exchange.getResponseHeaders().add("x-amzn-ErrorType", type);
        answer(
                exchange,
                status,
                Json.createObjectBuilder().add("message", message).build());
    }

    private static void answer(HttpExchange exchange, int status, JsonObject json) throws IOException {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closing.complete(null);
        server.stop(0);
    }
}
