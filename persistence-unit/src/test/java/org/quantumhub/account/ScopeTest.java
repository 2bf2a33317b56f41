package org.quantumhub.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

    @ParameterizedTest
    @CsvSource({
        "jobs:read, jobs, read, true",
        "jobs:read, jobs, write, false",
        "jobs:read, wallet, read, false",
        "jobs:*, jobs, write, true",
        "*:read, wallet, read, true",
        "*:read, wallet, write, false",
        "*, jobs, write, true",
        "*, api-keys, write, true",
        "api-keys:*, api-keys, read, true",
        "api-keys:*, api-keys, write, false",
        "users:write, users, write, false",
        "*:write, api-keys, write, false",
        "jobs:write wallet:read, wallet, read, true",
        "jobs:write wallet:read, wallet, write, false"
    })
    void a_key_does_what_its_scopes_say(String scopes, String resource, String verb, boolean covered) {
        List<Scope> read = Stream.of(scopes.split(" "))
                .map(text -> Scope.read(text).orElseThrow())
                .toList();
        assertThat(Scope.cover(read, resource, verb)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jobs",
                "jobs:",
                ":read",
                "jobs:execute",
                "Jobs:read",
                "jobs:read ",
                "**",
                "*:*:*",
                "jobs.read"
            })
    void everything_else_is_no_scope(String text) {
        assertThat(Scope.read(text)).isEmpty();
    }
}
