package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
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
                .hasMessageFindingMatch("price_versions_components|invalid input syntax");
    }

    @Test
    void components_are_written_as_strings_and_read_from_strings_or_numbers() {
        PriceComponents price =
                new PriceComponents(new BigDecimal("0.30"), new BigDecimal("0.00000090"), new BigDecimal("1E-8"));
        String json =
                Objects.requireNonNull(converter.convertToDatabaseColumn(price)).toString();
        assertThat(json).contains("\"0.30\"", "\"0.00000090\"", "\"0.00000001\"");
        PriceComponents read = Objects.requireNonNull(converter.convertToEntityAttribute(json));
        assertThat(read.taskFee()).isEqualByComparingTo("0.30");
        assertThat(read.perShot()).isEqualByComparingTo("0.0000009");
        assertThat(read.minimumCost()).isEqualByComparingTo("0.00000001");
        PriceComponents numbers = Objects.requireNonNull(converter.convertToEntityAttribute("{\"taskFee\": 0.3}"));
        assertThat(numbers.taskFee()).isEqualByComparingTo("0.3");
        assertThat(numbers.perShot()).isZero();
        assertThat(converter.convertToEntityAttribute(null)).isNull();
        assertThat(converter.convertToDatabaseColumn(null)).isNull();
    }

    @Test
    void a_component_that_is_no_amount_is_refused() {
        assertThatIllegalStateException().isThrownBy(() -> converter.convertToEntityAttribute("{\"taskFee\": [1]}"));
    }
}
