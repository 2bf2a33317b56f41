package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final Shutdown shutdown = new Shutdown();
    private final List<String> stopped = new ArrayList<>();

    @Test
    void stops_in_the_opposite_order_and_once() {
        shutdown.first(() -> stopped.add("database"));
        shutdown.first(() -> stopped.add("server"));
        shutdown.run();
        shutdown.run();
        assertThat(stopped).containsExactly("server", "database");
    }

    @Test
    void a_failure_of_one_does_not_spare_the_others() {
        shutdown.first(() -> stopped.add("database"));
        shutdown.first(() -> {
            throw new HubFailure("the server is stubborn");
        });
        shutdown.run();
        assertThat(stopped).containsExactly("database");
    }

    @Test
    void nothing_is_started_once_the_end_has_begun() {
        shutdown.run();
        assertThatThrownBy(() -> shutdown.first(() -> stopped.add("too late"))).isInstanceOf(HubFailure.class);
    }
}
