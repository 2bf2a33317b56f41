package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstAdministratorTest {
    @TempDir
    Path home;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FirstAdministrator administrator(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("QUANTUM_HUB_HOME", home.toString());
        environment.put("HUB_HTTP_PORT", String.valueOf(server.port()));
        return new FirstAdministrator(Settings.from(environment, home), Secrets.of(home));
    }

    @Test
    void the_first_start_shows_a_password_once_and_keeps_a_key_for_its_owner() throws IOException {
        server.answering("/api/v1/auth/login", 200, "{\"accessToken\":\"t.o.k\",\"expiresIn\":900}")
                .answering("/api/v1/api-keys", 201, "{\"id\":\"1\",\"key\":\"qh_secret\"}");
        FirstAdministrator first = administrator(Map.of());
        String password = first.variables().get("HUB_ADMIN_PASSWORD");
        assertThat(password).hasSize(28);

        Map<String, String> shown = first.introduce();

        assertThat(shown.get("Password")).startsWith(password);
        Path key = home.resolve("admin-api-key");
        assertThat(Files.readString(key)).isEqualTo("qh_secret\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(server.asked())
                .containsExactly(
                        "/api/v1/auth/login null {\"login\":\"admin@localhost\",\"password\":\"" + password + "\"}",
                        "/api/v1/api-keys Bearer t.o.k {\"name\":\"admin-first-start\"}");

        FirstAdministrator second = administrator(Map.of());
        assertThat(second.variables()).doesNotContainKey("HUB_ADMIN_PASSWORD");
        assertThat(second.introduce()).containsOnlyKeys("Administrator");
        assertThat(Files.readString(home.resolve("secrets.properties"))).doesNotContain(password);
    }

    @Test
    void a_start_that_failed_half_way_shows_the_same_password_the_next_time() {
        String password = administrator(Map.of()).variables().get("HUB_ADMIN_PASSWORD");
        assertThat(administrator(Map.of()).variables()).containsEntry("HUB_ADMIN_PASSWORD", password);
    }

    @Test
    void a_given_password_is_used_and_not_shown() {
        server.answering("/api/v1/auth/login", 200, "{\"accessToken\":\"t\"}")
                .answering("/api/v1/api-keys", 201, "{\"key\":\"k\"}");
        FirstAdministrator first = administrator(Map.of("HUB_ADMIN_PASSWORD", "quoth \"the\" raven"));
        assertThat(first.introduce()).containsEntry("Password", "as given").doesNotContainValue("quoth");
        assertThat(server.asked().getFirst()).contains("quoth \\\"the\\\" raven");
    }

    @Test
    void a_database_with_an_administrator_keeps_it() {
        server.answering("/api/v1/auth/login", 401, "{}");
        assertThat(administrator(Map.of()).introduce()).containsKey("Note");
        assertThat(administrator(Map.of()).variables()).doesNotContainKey("HUB_ADMIN_PASSWORD");
    }

    @Test
    void a_server_without_a_login_is_warned_of_and_asked_again_the_next_time() {
        assertThat(administrator(Map.of()).introduce()).containsKey("Warning");
        assertThat(administrator(Map.of()).variables()).containsKey("HUB_ADMIN_PASSWORD");
    }

    @Test
    void ready_is_who_answers_for_this_very_start() {
        server.answering("/health/ready", 200, "{\"checks\":[{\"data\":{\"instance\":\"this-start\"}}]}");
        String url = "http://127.0.0.1:" + server.port();
        assertThat(new ReadinessProbe(url, "this-start").ready()).isTrue();
        assertThat(new ReadinessProbe(url, "another-start").ready()).isFalse();
    }

    @Test
    void not_ready_is_not_ready() {
        server.answering("/health/ready", 503, "{\"status\":\"DOWN\"}");
        ReadinessProbe probe = new ReadinessProbe("http://127.0.0.1:" + server.port(), "this-start");
        assertThat(probe.ready()).isFalse();
        assertThat(probe.lastAnswer()).isEqualTo("503 {\"status\":\"DOWN\"}");
    }
}
