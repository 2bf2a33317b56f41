package org.quantumhub.system;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keycloak, as a program of its own with the realms of `keycloak-realm.json`. People sign in by its own form.
final class Keycloak implements Company {

    static final String REALM = "company";

    /// Another company on the same Keycloak, which knows a client and people of the same names.
    static final String OTHER_REALM = "another-company";

    private static final String ADMIN = "administrator";
    private static final String ADMIN_PASSWORD = "the password of the administrator";
    private static final Pattern FORM = Pattern.compile("<form[^>]*\\baction=\"([^\"]+)\"");
    private static final Keycloak KEYCLOAK = new Keycloak();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Await.PATIENCE)
            .build();
    private final URI base = URI.create("http://127.0.0.1:" + Project.freePort());

    private Keycloak() {
        try {
            Path home = program();
            Path realms = home.resolve("data/import");
            Project.delete(home.resolve("data"));
            Files.createDirectories(realms);
            for (String realm : new String[] {REALM, OTHER_REALM}) {
                Files.writeString(realms.resolve(realm + "-realm.json"), description(realm));
            }
            Path workplace = Project.workplace("keycloak");
            Files.createDirectories(workplace);
            Path log = workplace.resolve("keycloak.log");
            Process process = command(home, log).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end of Keycloak"));
            Await.until(
                    "the start of Keycloak",
                    () -> process.isAlive() ? isReady() ? "ready" : "" : "ended: " + Project.read(log),
                    seen -> !seen.isEmpty());
            if (!process.isAlive()) {
                throw new IllegalStateException("Keycloak did not start: " + Project.read(log));
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    static Keycloak keycloak() {
        return KEYCLOAK;
    }

    private static Path program() throws IOException {
        Path unpacked = Project.folder().resolve("ear/target/keycloak");
        if (!Files.isDirectory(unpacked)) {
            throw new IllegalStateException("Keycloak is unpacked by the profile 'keycloak' only.");
        }
        try (Stream<Path> folders = Files.list(unpacked)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("keycloak-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String description(String realm) throws IOException {
        try (InputStream file = Keycloak.class.getResourceAsStream("keycloak-realm.json")) {
            if (file == null) {
                throw new IllegalStateException("There is no keycloak-realm.json.");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@REALM@", realm)
                    .replace("@HUB@", RunningHub.hub().uri().toString())
                    .replace("@SECRET@", SECRET)
                    .replace("@PASSWORD@", Employee.PASSWORD);
        }
    }

    private ProcessBuilder command(Path home, Path log) {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--cache=local",
                        "--http-host=127.0.0.1",
                        "--http-port=" + base.getPort(),
                        "--http-management-port=" + Project.freePort(),
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("KC_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
        return builder;
    }

    /// The script may have begun a Java of its own for the preparations.
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private boolean isReady() {
        try {
            HttpRequest question = HttpRequest.newBuilder(
                            URI.create(issuer(OTHER_REALM) + "/.well-known/openid-configuration"))
                    .timeout(Await.PATIENCE)
                    .build();
            return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public String issuer() {
        return issuer(REALM);
    }

    String issuer(String realm) {
        return base + "/realms/" + realm;
    }

    @Override
    public URI signIn(Browser browser, URI door, Employee employee) {
        return Browser.next(enter(browser, door, employee.username(), Employee.PASSWORD));
    }

    /// Fills in the form behind the door.
    ///
    /// @return what Keycloak says to it: the way back, or the form again with what is wrong
    HttpResponse<String> enter(Browser browser, URI door, String username, String password) {
        Answer page = Answer.of(browser.get(door)).expect(200);
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError("This is no form: " + page.body());
        }
        URI action = URI.create(form.group(1).replace("&amp;", "&"));
        return browser.post(action, Map.of("username", username, "password", password, "credentialId", ""));
    }

    @Override
    public void employs(Employee employee) {
        JsonArrayBuilder password = Json.createArrayBuilder()
                .add(Json.createObjectBuilder()
                        .add("type", "password")
                        .add("value", Employee.PASSWORD)
                        .add("temporary", false));
        String person = Json.createObjectBuilder()
                .add("username", employee.username())
                .add("email", employee.email())
                .add("emailVerified", employee.emailVerified())
                .add("firstName", "Grace")
                .add("lastName", "Hopper")
                .add("enabled", true)
                .add("credentials", password)
                .build()
                .toString();
        JsonArray known = found(employee.username());
        if (known.isEmpty()) {
            administer("POST", "/users", person);
        } else {
            administer("PUT", "/users/" + known.getJsonObject(0).getString("id"), person);
        }
        String path = "/users/" + found(employee.username()).getJsonObject(0).getString("id");
        for (JsonObject group : array("GET", path + "/groups").getValuesAs(JsonObject.class)) {
            administer("DELETE", path + "/groups/" + group.getString("id"), "");
        }
        for (JsonObject group : array("GET", "/groups").getValuesAs(JsonObject.class)) {
            if (employee.groups().contains(group.getString("name"))) {
                administer("PUT", path + "/groups/" + group.getString("id"), "{}");
            }
        }
        administer(
                "DELETE",
                path + "/role-mappings/realm",
                array("GET", path + "/role-mappings/realm").toString());
        JsonArrayBuilder roles = Json.createArrayBuilder();
        employee.roles().forEach(role -> roles.add(json(administer("GET", "/roles/" + role, ""))));
        administer("POST", path + "/role-mappings/realm", roles.build().toString());
    }

    private JsonArray found(String username) {
        return array("GET", "/users?exact=true&username=" + Browser.encoded(username));
    }

    void disable(Employee employee) {
        String id = found(employee.username()).getJsonObject(0).getString("id");
        administer("PUT", "/users/" + id, "{\"enabled\": false}");
    }

    /// Signs with a new key from now on, and forgets the one it has signed with before.
    void rotateKeys() {
        JsonArray before = array("GET", "/components?type=org.keycloak.keys.KeyProvider");
        administer("POST", "/components", """
                {"name": "rsa-new", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["200"], "enabled": ["true"], "active": ["true"], "algorithm": ["RS256"],
                            "keySize": ["2048"]}}""");
        for (JsonObject key : before.getValuesAs(JsonObject.class)) {
            if ("rsa-generated".equals(key.getString("providerId"))) {
                administer("DELETE", "/components/" + key.getString("id"), "");
            }
        }
    }

    /// The key by which it signs.
    String signingKey() {
        return json(administer("GET", "/keys", "")).getJsonObject("active").getString("RS256");
    }

    @Override
    public String tokenForAnotherService(Employee employee) {
        return token(
                issuer(),
                Map.of(
                        "client_id",
                        "another-service",
                        "client_secret",
                        SECRET,
                        "scope",
                        "openid",
                        "username",
                        employee.username(),
                        "password",
                        Employee.PASSWORD),
                "id_token");
    }

    private String token(String issuer, Map<String, String> fields, String member) {
        Map<String, String> form = new TreeMap<>(fields);
        form.put("grant_type", "password");
        Answer answer = Answer.of(new Browser().post(URI.create(issuer + "/protocol/openid-connect/token"), form));
        return answer.expect(200).text(member);
    }

    private JsonArray array(String method, String path) {
        try (JsonReader reader = Json.createReader(new StringReader(administer(method, path, "")))) {
            return reader.readArray();
        }
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /// What the company's administrator does.
    private String administer(String method, String path, String body) {
        String token = token(
                issuer("master"),
                Map.of("client_id", "admin-cli", "username", ADMIN, "password", ADMIN_PASSWORD),
                "access_token");
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/admin/realms/" + REALM + path))
                .timeout(Await.PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
