package org.quantumhub.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// AWS KMS on the wire: `Encrypt` and `Decrypt` of its JSON 1.1 protocol for symmetric keys, with real
/// AES-256-GCM inside and the encryption context as its associated data. Every request must be signed, for the region
/// of
/// the key, and have the shape that the service's model gives it; what is wrong is answered as the service would, and
/// remembered.
public final class KmsStub implements AutoCloseable {

    public static final String ACCESS_KEY = "AKIAKMSKMSKMSKMSKMSK";
    public static final String SECRET_KEY = "not-a-secret-but-forty-characters-long-k";
    private static final String ACCOUNT = "123456789012";
    private static final int LARGEST_PLAINTEXT = 4096;
    private static final int NONCE = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "Encrypt",
                    Set.of("KeyId", "Plaintext", "EncryptionContext", "GrantTokens", "EncryptionAlgorithm", "DryRun"),
            "Decrypt",
                    Set.of(
                            "KeyId",
                            "CiphertextBlob",
                            "EncryptionContext",
                            "GrantTokens",
                            "EncryptionAlgorithm",
                            "DryRun"));
    private static final Map<String, Set<String>> REQUIRED =
            Map.of("Encrypt", Set.of("KeyId", "Plaintext"), "Decrypt", Set.of("CiphertextBlob"));

    /// What a key may be.
    public enum State {
        ENABLED,
        DISABLED,
        PENDING_DELETION,
        DENIED,
        DELETED
    }

    /// A call that was answered.
    public record Call(String operation, String key, Map<String, String> context) {}

    private static final class Key {
        private final byte[] material = new byte[32];
        private volatile State state = State.ENABLED;
    }

    /// A refusal, as the service words it.
    private static final class Refusal extends Exception {
        private final int status;
        private final String type;

        Refusal(int status, String type, String message) {
            super(message);
            this.status = status;
            this.type = type;
        }
    }

    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final Deque<Refusal> faults = new ConcurrentLinkedDeque<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<String> wrongRequests = new CopyOnWriteArrayList<>();
    private final AwsSignature signature = new AwsSignature(ACCESS_KEY, SECRET_KEY, "kms");
    private final int port;
    private volatile @Nullable HttpServer server;

    public KmsStub() {
        port = listen(0);
    }

    private int listen(int wanted) {
        try {
            HttpServer started =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 100);
            started.createContext("/", this::handle);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.start();
            server = started;
            return started.getAddress().getPort();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Makes a key and gives its ARN.
    public String newKey(String region) {
        Key key = new Key();
        RANDOM.nextBytes(key.material);
        String arn = "arn:aws:kms:" + region + ":" + ACCOUNT + ":key/" + UUID.randomUUID();
        keys.put(arn, key);
        return arn;
    }

    public void set(String arn, State state) {
        key(arn).state = state;
    }

    /// The next calls are answered with these errors.
    public void fail(int status, String type, int times) {
        for (int i = 0; i < times; i++) {
            faults.add(new Refusal(status, type, "try again"));
        }
    }

    /// Nobody answers, until [#up].
    public void down() {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
            server = null;
        }
    }

    public void up() {
        if (server == null) {
            listen(port);
        }
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public void forgetCalls() {
        calls.clear();
    }

    /// Requests that do not follow the protocol.
    public List<String> wrongRequests() {
        return List.copyOf(wrongRequests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = 200;
            JsonObject answer;
            try {
                answer = answered(exchange, body);
            } catch (Refusal refusal) {
                status = refusal.status;
                answer = Json.createObjectBuilder()
                        .add("__type", refusal.type)
                        .add("message", String.valueOf(refusal.getMessage()))
                        .build();
            }
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.getResponseHeaders()
                    .set("x-amzn-RequestId", UUID.randomUUID().toString());
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private JsonObject answered(HttpExchange exchange, byte[] body) throws Refusal {
        Refusal fault = faults.poll();
        if (fault != null) {
            throw fault;
        }
        AwsSignature.Verdict signed = signature.check(exchange, body);
        if (signed.error() != null) {
            throw new Refusal(400, signed.error(), "The request is not signed as it must be.");
        }
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        String operation = target.substring(target.indexOf('.') + 1);
        Set<String> members = MEMBERS.get(operation);
        if (!exchange.getRequestMethod().equals("POST")
                || !exchange.getRequestURI().getPath().equals("/")
                || !target.startsWith("TrentService.")
                || !type.equals("application/x-amz-json-1.1")
                || members == null) {
            throw wrong("UnknownOperationException", exchange.getRequestMethod() + " " + target + " " + type);
        }
        JsonObject request = parsed(body);
        if (!members.containsAll(request.keySet())
                || !request.keySet().containsAll(REQUIRED.getOrDefault(operation, Set.of()))) {
            throw wrong("ValidationException", operation + " with " + request.keySet());
        }
        Map<String, String> context = context(request);
        JsonObject answer = operation.equals("Encrypt")
                ? encrypt(request, context, signed.region())
                : decrypt(request, context, signed.region());
        calls.add(new Call(operation, answer.getString("KeyId"), context));
        return answer;
    }

    private JsonObject parsed(byte[] body) throws Refusal {
        try (JsonReader reader = Json.createReader(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
            return reader.readObject();
        } catch (JsonException none) {
            throw wrong("SerializationException", "no JSON object");
        }
    }

    /// In the order of the names, as the service sorts them.
    private Map<String, String> context(JsonObject request) throws Refusal {
        Map<String, String> context = new TreeMap<>();
        if (request.containsKey("EncryptionContext")) {
            for (Map.Entry<String, JsonValue> pair :
                    request.getJsonObject("EncryptionContext").entrySet()) {
                if (!(pair.getValue() instanceof JsonString text)
                        || pair.getKey().isEmpty()) {
                    throw wrong("SerializationException", "an encryption context of texts is wanted");
                }
                context.put(pair.getKey(), text.getString());
            }
        }
        return context;
    }

    private JsonObject encrypt(JsonObject request, Map<String, String> context, String region) throws Refusal {
        byte[] plain = bytes(request, "Plaintext");
        if (plain.length == 0 || plain.length > LARGEST_PLAINTEXT) {
            throw wrong("ValidationException", "a plaintext of " + plain.length + " bytes");
        }
        String arn = request.getString("KeyId");
        Key key = usable(arn, "Encrypt", region);
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] name = arn.getBytes(StandardCharsets.UTF_8);
        byte[] closed = gcm(Cipher.ENCRYPT_MODE, key, nonce, context, plain);
        byte[] blob = ByteBuffer.allocate(2 + name.length + NONCE + closed.length)
                .putShort((short) name.length)
                .put(name)
                .put(nonce)
                .put(closed)
                .array();
        return Json.createObjectBuilder()
                .add("CiphertextBlob", Base64.getEncoder().encodeToString(blob))
                .add("EncryptionAlgorithm", "SYMMETRIC_DEFAULT")
                .add("KeyId", arn)
                .build();
    }

    private JsonObject decrypt(JsonObject request, Map<String, String> context, String region) throws Refusal {
        byte[] blob = bytes(request, "CiphertextBlob");
        ByteBuffer parts = ByteBuffer.wrap(blob);
        int length = blob.length < 2 ? 0 : parts.getShort();
        if (length <= 0 || blob.length < 2 + length + NONCE) {
            throw new Refusal(400, "InvalidCiphertextException", "");
        }
        byte[] name = new byte[length];
        byte[] nonce = new byte[NONCE];
        parts.get(name).get(nonce);
        byte[] closed = new byte[parts.remaining()];
        parts.get(closed);
        String arn = new String(name, StandardCharsets.UTF_8);
        if (!keys.containsKey(arn)) {
            throw new Refusal(400, "InvalidCiphertextException", "");
        }
        String named = request.getString("KeyId", arn);
        Key key = usable(named, "Decrypt", region);
        if (!named.equals(arn)) {
            throw new Refusal(
                    400,
                    "IncorrectKeyException",
                    "The key ID in the request does not identify a CMK that can perform this operation.");
        }
        return Json.createObjectBuilder()
                .add("EncryptionAlgorithm", "SYMMETRIC_DEFAULT")
                .add("KeyId", arn)
                .add(
                        "Plaintext",
                        Base64.getEncoder().encodeToString(gcm(Cipher.DECRYPT_MODE, key, nonce, context, closed)))
                .build();
    }

    private byte[] bytes(JsonObject request, String member) throws Refusal {
        try {
            return Base64.getDecoder().decode(request.getString(member));
        } catch (IllegalArgumentException | ClassCastException none) {
            throw wrong("SerializationException", member + " is not base64");
        }
    }

    private Key key(String arn) {
        Key key = keys.get(arn);
        if (key == null) {
            throw new IllegalArgumentException(arn);
        }
        return key;
    }

    private Key usable(String arn, String operation, String region) throws Refusal {
        Key key = known(arn, operation, region);
        switch (key.state) {
            case DISABLED -> throw new Refusal(400, "DisabledException", arn + " is disabled.");
            case PENDING_DELETION -> throw new Refusal(400, "KMSInvalidStateException", arn + " is pending deletion.");
            default -> {
                return key;
            }
        }
    }

    private Key known(String arn, String operation, String region) throws Refusal {
        Key key = keys.get(arn);
        if (key == null || key.state == State.DELETED || !arn.startsWith("arn:aws:kms:" + region + ":")) {
            throw new Refusal(400, "NotFoundException", "Key '" + arn + "' does not exist");
        }
        if (key.state == State.DENIED) {
            throw new Refusal(
                    400,
                    "AccessDeniedException",
                    "User: arn:aws:iam::" + ACCOUNT + ":user/hub is not authorized to perform: kms:" + operation
                            + " on resource: " + arn + " because no identity-based policy allows the kms:" + operation
                            + " action");
        }
        return key;
    }

    private Refusal wrong(String type, String what) {
        wrongRequests.add(type + ": " + what);
        return new Refusal(400, type, what);
    }

    private static byte[] gcm(int mode, Key key, byte[] nonce, Map<String, String> context, byte[] content)
            throws Refusal {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key.material, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(context.toString().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException altered) {
            throw new Refusal(400, "InvalidCiphertextException", "");
        }
    }

    @Override
    public void close() {
        down();
    }
}
