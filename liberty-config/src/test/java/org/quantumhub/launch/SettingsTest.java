package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Path PROJECT = Path.of("/hub");

    private static Settings settings(Map<String, String> environment) {
        return Settings.from(environment, PROJECT);
    }

    private static ExternalDatabase external(Map<String, String> environment) {
        return settings(environment).external().orElseThrow();
    }

    @Test
    void an_empty_environment_means_an_embedded_database_on_loopback() {
        Settings usual = settings(Map.of());
        assertThat(usual.home()).isEqualTo(PROJECT.resolve(".quantum-hub"));
        assertThat(usual.external()).isEmpty();
        assertThat(usual.httpUrl()).isEqualTo("http://127.0.0.1:9080");
        assertThat(usual.httpsPort()).isEqualTo(9443);
        assertThat(usual.databasePort()).isEqualTo(5433);
        assertThat(usual.adminEmail()).isEqualTo("admin@localhost");
    }

    @Test
    void the_environment_names_home_ports_and_memory() {
        Settings chosen = settings(Map.of(
                "QUANTUM_HUB_HOME", "/srv/hub", "HUB_HTTP_PORT", "8080", "HUB_DB_PORT", "6000", "HUB_MEMORY", "3g"));
        assertThat(chosen.home()).isEqualTo(Path.of("/srv/hub"));
        assertThat(chosen.httpPort()).isEqualTo(8080);
        assertThat(chosen.databasePort()).isEqualTo(6000);
        assertThat(chosen.memory()).isEqualTo("3g");
    }

    @Test
    void options_of_the_server_s_java_are_separated_by_blanks() {
        assertThat(settings(Map.of()).jvmOptions()).isEmpty();
        assertThat(settings(Map.of("HUB_JVM_OPTIONS", " -Xss1m  -verbose:gc ")).jvmOptions())
                .containsExactly("-Xss1m", "-verbose:gc");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, none, true", "on, none, true", "off, none, false", "on, -Xss1m, false"})
    void the_server_s_classes_are_kept_unless_refused_or_other_options_are_given(
            String word, String options, boolean kept) {
        Map<String, String> environment = new HashMap<>();
        environment.put("HUB_CLASS_ARCHIVE", word == null ? "" : word);
        environment.put("HUB_JVM_OPTIONS", options == null ? "" : options);
        assertThat(settings(environment).classArchive()).isEqualTo(kept);
    }

    @Test
    void an_archive_of_classes_is_on_or_off() {
        Settings wrong = settings(Map.of("HUB_CLASS_ARCHIVE", "yes"));
        assertThatThrownBy(wrong::classArchive)
                .isInstanceOf(HubFailure.class)
                .hasMessage("HUB_CLASS_ARCHIVE is 'yes'; it must be on or off.");
    }

    @Test
    void a_host_and_its_companions_name_an_external_database() {
        ExternalDatabase database = external(Map.of(
                "POSTGRES_HOST",
                "db.example",
                "POSTGRES_PORT",
                "6432",
                "POSTGRES_DB",
                "quantum",
                "POSTGRES_USER",
                "ada",
                "POSTGRES_PASSWORD",
                "word"));
        assertThat(database.address()).isEqualTo(new DatabaseAddress("db.example", 6432, "quantum", "prefer"));
        assertThat(database.user()).isEqualTo("ada");
        assertThat(database.password()).isEqualTo("word");
    }

    @Test
    void a_host_alone_takes_the_usual_companions() {
        assertThat(external(Map.of("POSTGRES_HOST", "db.example")).address())
                .isEqualTo(new DatabaseAddress("db.example", 5432, "hub", "prefer"));
    }

    @Test
    void one_url_names_an_external_database() {
        ExternalDatabase database = external(Map.of(
                "POSTGRES_URL",
                "jdbc:postgresql://db.example:6432/quantum?user=ada&password=w%26rd&sslmode=verify-full"));
        assertThat(database.address()).isEqualTo(new DatabaseAddress("db.example", 6432, "quantum", "verify-full"));
        assertThat(database.user()).isEqualTo("ada");
        assertThat(database.password()).isEqualTo("w&rd");
    }

    @Test
    void the_url_wins_over_the_host_and_takes_its_user_from_beside_it() {
        ExternalDatabase database = external(Map.of(
                "POSTGRES_URL", "jdbc:postgresql://one/hub",
                "POSTGRES_HOST", "two",
                "POSTGRES_USER", "ada",
                "POSTGRES_PASSWORD", "word"));
        assertThat(database.address().host()).isEqualTo("one");
        assertThat(database.user()).isEqualTo("ada");
    }

    @Test
    void a_printed_external_database_hides_its_password() {
        assertThat(external(Map.of("POSTGRES_HOST", "db", "POSTGRES_USER", "ada", "POSTGRES_PASSWORD", "word")))
                .hasToString("ada@db:5432/hub");
    }

    @ParameterizedTest
    @CsvSource({
        "HUB_HTTP_PORT, 0, HUB_HTTP_PORT is 0; it must be between 1 and 65535.",
        "HUB_HTTP_PORT, 65536, HUB_HTTP_PORT is 65536; it must be between 1 and 65535.",
        "HUB_DB_PORT, many, 'HUB_DB_PORT is ''many'', which is not a number.'",
        "HUB_MEMORY, lots, 'HUB_MEMORY is ''lots''; it must look like 1g or 1536m.'",
        "HUB_ADMIN_EMAIL, 'a\"b@c', 'HUB_ADMIN_EMAIL is ''a\"b@c'', which is not an e-mail address.'",
        "POSTGRES_URL, mysql://x, 'POSTGRES_URL is not a JDBC URL of PostgreSQL; it looks like"
                + " jdbc:postgresql://host:5432/hub?user=name&password=word.'"
    })
    void refuses_what_it_cannot_use_in_one_sentence(String name, String value, String sentence) {
        assertThatThrownBy(() -> settings(Map.of(name, value)))
                .isInstanceOf(HubFailure.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource({"2, 1024", "8, 1024", "16, 2048", "24, 3072", "128, 4096"})
    void the_usual_heap_is_an_eighth_of_the_machine_within_bounds(long gibibytes, long megabytes) {
        assertThat(Settings.usualMegabytes(gibibytes << 30)).isEqualTo(megabytes);
    }

    @ParameterizedTest
    @CsvSource({"*, 127.0.0.1", "0.0.0.0, 127.0.0.1", "::1, [::1]", "hub.example, hub.example"})
    void the_hub_is_reached_where_it_listens(String host, String reachable) {
        assertThat(settings(Map.of("HUB_HOST", host)).reachableHost()).isEqualTo(reachable);
    }
}
