package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestEntities;

class PriceTest {

    private static PriceVersion simulator = new PriceVersion();

    private final TestDatabase database = TestDatabase.hub();
    private final PriceComponents.JsonText converter = new PriceComponents.JsonText();

    @BeforeAll
    static void the_price_of_the_simulator() {
        simulator = TestEntities.ask(null, null, entities -> {
            PriceRepository prices = new PriceRepository();
            prices.entities = entities;
            return prices.ofBackend("hub-statevector").orElseThrow();
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 0.00200000", "1000, 0.00200000", "1001, 0.00200100", "2000, 0.00300000", "1000000, 1.00100000"})
    void a_task_costs_its_fee_and_its_shots_but_not_less_than_the_minimum(int shots, String cost) {
        assertThat(simulator.cost(shots)).isEqualTo(Money.of(cost, "USD"));
    }

    @Test
    void a_backend_without_a_price_has_none() {
        boolean priced = TestEntities.ask(null, null, entities -> {
            PriceRepository prices = new PriceRepository();
            prices.entities = entities;
            return prices.ofBackend("unknown").isPresent();
        });
        assertThat(priced).isFalse();
    }

    @Test
    void the_next_price_list_follows_the_last_and_changes_nothing_behind_it() throws Exception {
        String subject = "device-" + Ids.next();
        String insert = "insert into hub.price_versions (id, subject_kind, subject, components, valid_from)"
                + " values (?, 'BACKEND', ?, ?::jsonb, now() - ?::interval)";
        database.inTransaction(Role.OWNER, connection -> {
            TestDatabase.change(connection, insert, Ids.next(), subject, "{\"taskFee\": \"1\"}", "2 days");
            TestDatabase.change(
                    connection,
                    "update hub.price_versions set valid_to = now() - interval '1 day' where subject = ?",
                    subject);
            TestDatabase.change(connection, insert, Ids.next(), subject, "{\"taskFee\": \"2\"}", "1 day");
        });
        Money cost = TestEntities.ask(null, null, entities -> {
            PriceRepository prices = new PriceRepository();
            prices.entities = entities;
            return prices.ofBackend(subject).orElseThrow().cost(1);
        });
        assertThat(cost).isEqualTo(Money.of("2", "USD"));
        assertThatThrownBy(() -> database.inTransaction(
                        Role.OWNER,
                        connection -> TestDatabase.change(
                                connection, insert, Ids.next(), subject, "{\"taskFee\": \"3\"}", "0 days")))
                .hasMessageContaining("price_versions_open");
        for (String verb : new String[] {
            "update hub.price_versions set components = '{}' where subject = ?",
            "update hub.price_versions set valid_to = now() where valid_to is not null and subject = ?",
            "delete from hub.price_versions where subject = ?"
        }) {
            assertThatThrownBy(() -> database.inTransaction(
                            Role.OWNER, connection -> TestDatabase.change(connection, verb, subject)))
                    .hasMessageContaining("never changed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"taskFee\": \"-1\"}",
                "{\"perShot\": \"NaN\"}",
                "{\"perSecond\": \"-0.1\"}",
                "{\"perHour\": \"NaN\"}",
                "{\"minimumCost\": \"Infinity\"}",
                "[]",
                "{\"taskFee\": \"dear\"}"
            })
    void a_price_is_a_finite_amount_of_nothing_or_more(String components) {
        assertThatThrownBy(() -> database.inTransaction(
                        Role.OWNER,
                        connection -> TestDatabase.change(
                                connection,
                                "insert into hub.price_versions (id, subject_kind, subject, components) values (?, 'BACKEND', 'x', ?::jsonb)",
                                Ids.next(),
                                components)))
                .hasMessageFindingMatch("price_versions_components|price_versions_by_time|invalid input syntax");
    }

    @Test
    void components_are_written_as_strings_and_read_from_strings_or_numbers() {
        PriceComponents price = new PriceComponents(
                new BigDecimal("0.30"),
                new BigDecimal("0.00000090"),
                BigDecimal.ZERO,
                new BigDecimal("12.5"),
                new BigDecimal("1E-8"));
        String json =
                Objects.requireNonNull(converter.convertToDatabaseColumn(price)).toString();
        assertThat(json).contains("\"0.30\"", "\"0.00000090\"", "\"0.00000001\"");
        PriceComponents read = Objects.requireNonNull(converter.convertToEntityAttribute(json));
        assertThat(read.taskFee()).isEqualByComparingTo("0.30");
        assertThat(read.perShot()).isEqualByComparingTo("0.0000009");
        assertThat(read.perHour()).isEqualByComparingTo("12.5");
        assertThat(read.minimumCost()).isEqualByComparingTo("0.00000001");
        PriceComponents numbers = Objects.requireNonNull(converter.convertToEntityAttribute("{\"taskFee\": 0.3}"));
        assertThat(numbers.taskFee()).isEqualByComparingTo("0.3");
        assertThat(numbers.perShot()).isZero();
        assertThat(converter.convertToEntityAttribute(null)).isNull();
        assertThat(converter.convertToDatabaseColumn(null)).isNull();
    }

    /// 36 an hour is a cent a second.
    @ParameterizedTest
    @CsvSource({
        "100, 0, 0.5",
        "100, 1.5, 0.515",
        "1, 3600, 36.501",
        "1000, 0.0000001, 1.400000001",
        "5, 1000000000, 9999999999.99999999"
    })
    void time_is_charged_by_the_second_and_rounded_once(int shots, BigDecimal seconds, BigDecimal exact)
            throws Exception {
        PriceVersion price = announced("{\"taskFee\": \"0.40\", \"perShot\": \"0.001\", \"perHour\": \"36\"}");
        assertThat(price.isTimed()).isTrue();
        BigDecimal sum = new BigDecimal("0.4")
                .add(new BigDecimal("0.001").multiply(BigDecimal.valueOf(shots)))
                .add(seconds.multiply(new BigDecimal("0.01")));
        BigDecimal wanted =
                sum.setScale(Money.SCALE, java.math.RoundingMode.HALF_UP).min(new BigDecimal("9999999999.99999999"));
        assertThat(price.cost(shots, seconds).amount()).isEqualByComparingTo(wanted);
    }

    @Test
    void what_is_held_for_a_price_by_time_covers_three_times_what_is_expected() throws Exception {
        PriceVersion price = announced("{\"perSecond\": \"0.10\"}");
        assertThat(price.hold(1, 0.001)).isEqualTo(Money.of("0.10", "USD"));
        assertThat(price.hold(1, 10)).isEqualTo(Money.of("3", "USD"));
        assertThat(price.hold(1, Double.POSITIVE_INFINITY)).isEqualTo(Money.of("100000000", "USD"));
        assertThat(simulator.hold(2000, 3600)).isEqualTo(simulator.cost(2000));
    }

    private PriceVersion announced(String components) throws Exception {
        String subject = "device-" + Ids.next();
        database.inTransaction(
                Role.OWNER,
                connection -> TestDatabase.change(
                        connection,
                        "insert into hub.price_versions (id, subject_kind, subject, components, valid_from)"
                                + " values (?, 'BACKEND', ?, ?::jsonb, now() - interval '1 day')",
                        Ids.next(),
                        subject,
                        components));
        return inForce(subject);
    }

    private static PriceVersion inForce(String subject) {
        return TestEntities.ask(null, null, entities -> {
            PriceRepository prices = new PriceRepository();
            prices.entities = entities;
            return prices.ofBackend(subject).orElseThrow();
        });
    }

    @Test
    void a_version_is_announced_and_ends_the_one_before_it() throws Exception {
        String subject = "device-" + Ids.next();
        PriceLists lists = new PriceLists();
        PriceComponents dear = new PriceComponents(
                new BigDecimal("1"), BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        Instant tomorrow = Instant.parse(
                database.ask(
                        Role.WORKER,
                        connection -> TestDatabase.value(
                                connection,
                                "select to_char(now() at time zone 'UTC' + interval '1 day', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")));
        PriceLists.Added first =
                database.ask(Role.WORKER, connection -> lists.add(connection, subject, dear, "USD", null));
        assertThat(first).isInstanceOf(PriceLists.Added.Version.class);
        PriceLists.Added second =
                database.ask(Role.WORKER, connection -> lists.add(connection, subject, dear, "USD", tomorrow));
        assertThat(second).isInstanceOf(PriceLists.Added.Version.class);
        PriceLists.Added third =
                database.ask(Role.WORKER, connection -> lists.add(connection, subject, dear, "USD", null));
        assertThat(third).isEqualTo(new PriceLists.Added.NotTheLast(tomorrow));
        PriceLists.Added past = database.ask(
                Role.WORKER, connection -> lists.add(connection, subject, dear, "USD", tomorrow.minusSeconds(100_000)));
        assertThat(past).isEqualTo(new PriceLists.Added.TooSoon());
        // another currency is another list
        assertThat(database.<PriceLists.Added>ask(
                        Role.WORKER, connection -> lists.add(connection, subject, dear, "EUR", null)))
                .isInstanceOf(PriceLists.Added.Version.class);
        assertThatThrownBy(() -> database.inTransaction(
                        Role.WORKER,
                        connection -> TestDatabase.change(
                                connection,
                                "insert into hub.price_versions (id, subject_kind, subject, components, valid_from, valid_to)"
                                        + " values (?, 'BACKEND', ?, '{}', now() - interval '1 hour', now() + interval '1 hour')",
                                Ids.next(),
                                subject)))
                .hasMessageContaining("follow each other");
    }

    @Test
    void a_component_that_is_no_amount_is_refused() {
        assertThatIllegalStateException().isThrownBy(() -> converter.convertToEntityAttribute("{\"taskFee\": [1]}"));
    }
}
