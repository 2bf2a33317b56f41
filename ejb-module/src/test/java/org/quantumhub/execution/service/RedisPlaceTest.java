package org.quantumhub.execution.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisPlaceTest {

    private static RedisPlace place(String url) {
        return RedisPlace.of(url, "p", Duration.ofMillis(1));
    }

    @Test
    void a_host_alone_is_enough() {
        RedisPlace place = place("redis://cache.example.org");
        assertThat(place.host()).isEqualTo("cache.example.org");
        assertThat(place.port()).isEqualTo(6379);
        assertThat(place.database()).isZero();
        assertThat(place.tls()).isFalse();
        assertThat(place.user()).isEmpty();
        assertThat(place.password()).isEmpty();
    }

    @Test
    void everything_can_stand_in_the_url_and_who_is_named_apart_wins() {
        RedisPlace place = place("rediss://hub:a%40b+c@10.0.0.7:6390/3");
        assertThat(place.tls()).isTrue();
        assertThat(place.port()).isEqualTo(6390);
        assertThat(place.database()).isEqualTo(3);
        assertThat(place.user()).contains("hub");
        assertThat(place.password()).contains("a@b+c");
        assertThat(place("redis://:only@h").password()).contains("only");
        assertThat(place.as(Optional.empty(), Optional.of("other")).user()).contains("hub");
        assertThat(place.as(Optional.empty(), Optional.of("other")).password()).contains("other");
    }

    @Test
    void a_password_is_shown_nowhere() {
        assertThat(place("redis://hub:canary@h:1/2")).hasToString("redis://h:1/2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://:canary@h",
                "canary",
                "redis://",
                "redis://:canary@h/x",
                "redis://h/-1",
                "redis://:can ary@h",
                "redis:///0"
            })
    void anything_else_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> place(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hub.redis.url")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }
}
