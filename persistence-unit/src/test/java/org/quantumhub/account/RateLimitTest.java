package org.quantumhub.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;

class RateLimitTest {

    private static final String RULE = "select ? ~ '^[1-9][0-9]{0,8}/(s|m|h|d|month)$'";

    private static String byTheDatabase(String text) throws SQLException {
        return TestDatabase.hub().ask(Role.READER, c -> TestDatabase.value(c, RULE, text));
    }

    @ParameterizedTest
    @CsvSource({
        "1/s, 1, PT1S",
        "10/m, 10, PT1M",
        "500/h, 500, PT1H",
        "999999999/d, 999999999, PT24H",
        "3/month, 3, PT720H"
    })
    void a_limit_is_a_number_and_a_unit(String text, long count, Duration period) throws Exception {
        assertThat(RateLimit.read(text)).contains(new RateLimit(count, period));
        assertThat(byTheDatabase(text)).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "/m",
                "0/m",
                "-1/m",
                "10/min",
                "10/M",
                "10 / m",
                "1e3/m",
                "10/m ",
                "1234567890/m",
                "٣/m"
            })
    void everything_else_is_none(String text) throws Exception {
        assertThat(RateLimit.read(text)).isEmpty();
        assertThat(byTheDatabase(text)).isEqualTo("f");
    }

    @Test
    void the_column_takes_what_the_hub_reads() throws Exception {
        assertThat(
                        TestDatabase.hub()
                                .<String>ask(
                                        Role.SUPERUSER,
                                        c -> TestDatabase.value(
                                                c,
                                                "select pg_get_constraintdef(oid) from pg_constraint"
                                                        + " where conrelid = 'hub.user_api_keys'::regclass and conname like '%rate_limit%'")))
                .contains("^[1-9][0-9]{0,8}/(s|m|h|d|month)$");
    }
}
