package org.quantumhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The hub that all stories share: the server that Arquillian starts, with the hub's own configuration, and its
/// database.
final class RunningHub {

    /// How many jobs it runs at a time.
    static final int LANES = 2;

    /// The key of what the database holds sealed.
    static final String SEAL_KEY = "the seal of the stories";

    private static final RunningHub HUB = new RunningHub();

    private final Path home = Project.workplace("stories");
    private final int httpPort = Project.freePort();
    private final String name = "hub-stories-" + httpPort;
    private @Nullable TestDatabase database;

    private RunningHub() {}

    static RunningHub hub() {
        return HUB;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    /// The word by which its health checks are recognised.
    String instance() {
        return name;
    }

    HubClient client() {
        return new HubClient(uri());
    }

    Sql sql() {
        return running().sql();
    }

    Path home() {
        return home;
    }

    /// All that the server has written for people: messages, requests, and what it keeps of failures.
    String logs() {
        StringBuilder text = new StringBuilder();
        for (Path folder : List.of(home.resolve("logs"), serverFolder().resolve("logs"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return text.toString().replace("\\/", "/"); // as JSON writes it
    }

    /// The password of the key that signs tokens.
    String keyStorePassword() {
        return running().password("keystore");
    }

    private TestDatabase running() {
        if (database == null) {
            throw new IllegalStateException("The database runs while Arquillian's server does.");
        }
        return database;
    }

    void choosePlace() {
        Project.delete(home.resolve("usr"));
        Project.delete(home.resolve("logs"));
        // its password goes with the database that the home has had
        Project.delete(home.resolve("hub-secrets.p12"));
        try {
            Files.createDirectories(serverFolder().resolve("dropins"));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        System.setProperty(
                "hub.test.wlp",
                Project.folder().resolve("ear/target/liberty/wlp").toString());
        System.setProperty("hub.test.usr", home.resolve("usr").toString());
        System.setProperty("hub.test.server", name);
        System.setProperty("hub.test.port", String.valueOf(httpPort));
    }

    void prepare() {
        database = TestDatabase.start(home.resolve("database"));
        try {
            Path server = serverFolder();
            Files.writeString(server.resolve("server.xml"), configuration());
            Files.writeString(server.resolve("server.env"), environment());
            Files.writeString(server.resolve("jvm.options"), javaOptions());
            Files.copy(configured("bootstrap.properties"), server.resolve("bootstrap.properties"));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private Path serverFolder() {
        return home.resolve("usr/servers").resolve(name);
    }

    private static Path configured(String file) {
        return Project.folder().resolve("liberty-config/src/main/liberty").resolve(file);
    }

    /// The configuration of the hub, but for how the application gets there and how Arquillian talks to the server.
    private static String configuration() {
        String real = Project.read(configured("server.xml"));
        String adapted = replaced(real, "(?s)<enterpriseApplication .*?</enterpriseApplication>", "");
        adapted = replaced(
                adapted,
                "<applicationMonitor [^>]*>",
                "<applicationMonitor updateTrigger=\"polled\" pollingRate=\"500ms\" dropinsEnabled=\"true\"/>");
        return replaced(adapted, "</featureManager>", "  <feature>localConnector-1.0</feature>\n  </featureManager>");
    }

    private static String replaced(String text, String pattern, String by) {
        String result = text.replaceFirst(pattern, by);
        if (result.equals(text)) {
            throw new IllegalStateException("server.xml has changed: there is no " + pattern);
        }
        return result;
    }

    private String environment() {
        Map<String, String> variables = new TreeMap<>(running().variables());
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("LOG_DIR", home.resolve("logs").toString());
        variables.put("HUB_HOST", "127.0.0.1");
        variables.put("HUB_HTTP_PORT", String.valueOf(httpPort));
        variables.put("HUB_HTTPS_PORT", String.valueOf(Project.freePort()));
        variables.put("HUB_HOME", home.toString());
        variables.put(
                "HUB_JDBC_DIR",
                Project.folder().resolve("ear/target/liberty/jdbc").toString());
        variables.put("HUB_KEYSTORE_PASSWORD", keyStorePassword());
        variables.put("HUB_SEAL_KEY", SEAL_KEY);
        variables.put("HUB_PUBLIC_URL", uri().toString());
        variables.put("HUB_MAIL_SMTP_HOST", "127.0.0.1");
        variables.put("HUB_MAIL_SMTP_PORT", String.valueOf(Postbox.port()));
        variables.put("HUB_MAIL_SMTP_SECURITY", "none");
        variables.put("HUB_OIDC_ISSUER", Company.company().issuer());
        variables.put("HUB_OIDC_CLIENT_ID", Company.CLIENT);
        variables.put("HUB_OIDC_CLIENT_SECRET", Company.SECRET);
        variables.put("HUB_OIDC_GROUPS_CLAIM", Company.GROUPS);
        variables.put("HUB_OIDC_ROLES", Company.ROLES);
        variables.put("HUB_OIDC_TEAMS", Company.TEAMS);
        // hundreds of people register from one place
        variables.put("HUB_ACCOUNT_REGISTRATIONS_OF_ADDRESS", "100000");
        // stories tell in X-Forwarded-For from where somebody comes
        variables.put("HUB_PROXIES", "127\\.0\\.0\\.1");
        // so that a story can look into all that is ever logged
        variables.put("HUB_ACCESS_LOG", "true");
        variables.put("HUB_INSTANCE", name);
        variables.put("HUB_SERVER_ID", name);
        variables.put("HUB_EXECUTION_LANES", String.valueOf(LANES));
        variables.put("HUB_EXECUTION_WARM_UP_MILLIS", "200");
        variables.put("HUB_OBJECTS_SWEEP_SECONDS", "5");
        variables.put("HUB_EXECUTION_UPKEEP_SECONDS", "5");
        variables.put("HUB_BILLING_SELLER_NAME", "Quantum Hub GmbH");
        variables.put("HUB_BILLING_SELLER_STREET", "Beispielstraße 12");
        variables.put("HUB_BILLING_SELLER_POSTAL_CODE", "10115");
        variables.put("HUB_BILLING_SELLER_CITY", "Berlin");
        variables.put("HUB_BILLING_SELLER_COUNTRY", "DE");
        variables.put("HUB_BILLING_SELLER_TAX_ID", "DE123456789");
        variables.put("HUB_BILLING_SELLER_EMAIL", "billing@example.org");
        variables.put("HUB_BILLING_SELLER_BANK", "Beispielbank");
        variables.put("HUB_BILLING_SELLER_IBAN", "DE02120300000000202051");
        variables.put("HUB_BILLING_SELLER_BIC", "BYLADEM1001");
        variables.put("HUB_BILLING_STRIPE_API_KEY", StripeStub.API_KEY);
        variables.put("HUB_BILLING_STRIPE_WEBHOOK_SECRET", StripeStub.WEBHOOK_SECRET);
        variables.put("HUB_BILLING_STRIPE_API_BASE", StripeStub.stub().base());
        // teams may have accounts with these; nobody calls anything outside
        variables.put("HUB_PROVIDER_IONQ_ENDPOINT", IonqStub.stub().endpoint());
        variables.put("HUB_PROVIDER_AMAZON_BRAKET_ENDPOINT", "http://127.0.0.1:9");
        variables.put("HUB_PROVIDER_AMAZON_BRAKET_S3_ENDPOINT", "http://127.0.0.1:9");
        variables.put("HUB_SECRETS_RETRY_SECONDS", "1");
        variables.put("HUB_PROVIDERS_LONGEST_PAUSE_SECONDS", "1");
        // receivers of webhooks stand on this one address, and on no other inside
        variables.put("HUB_WEBHOOKS_ALLOWED_INSIDE", "127.0.0.1/32");
        // hundreds of sign-ins: what they prove does not depend on how long a hash takes
        variables.put("HUB_ACCOUNT_BCRYPT_COST", "6");
        List<String> lines = new ArrayList<>();
        variables.forEach((variable, value) -> lines.add(variable + "=" + value));
        return String.join("\n", lines) + "\n";
    }

    private String javaOptions() {
        String options = Project.read(configured("jvm.options")) + "-Xmx1g\n" + HubProcess.FIRST_COMPILER_ONLY + "\n";
        return Project.coverageOption("stories")
                .map(coverage -> options + coverage + "\n")
                .orElse(options);
    }

    void close() {
        if (database != null) {
            database.close();
        }
    }
}
