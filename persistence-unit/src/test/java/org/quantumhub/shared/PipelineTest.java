package org.quantumhub.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.TestDatabase.Role;

class PipelineTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static final String WORDS = """
            -- a comment; with a semicolon
            insert into words (place, word) select place, word from unnest(?::int[], ?::text[]) as w (place, word)
            """;
    private static final String DOUBLED =
            "insert into doubled select place * 2 from words where place = any (?::int[])";

    private static Connection connection;

    @BeforeAll
    static void two_tables() throws Exception {
        connection = DATABASE.connect(Role.SUPERUSER);
        connection.setAutoCommit(false);
        TestDatabase.change(connection, "create temp table words (place int primary key, word text)");
        TestDatabase.change(connection, "create temp table doubled (place int primary key)");
        connection.commit();
    }

    @AfterEach
    void undo() throws Exception {
        connection.rollback();
    }

    @AfterAll
    static void leave() throws Exception {
        connection.close();
    }

    private static Columns<String> words(String... words) {
        List<String> rows = List.of(words);
        return Columns.of(rows).integer(String::length).text(Function.identity());
    }

    private static Columns<Integer> places(Integer... places) {
        return Columns.of(List.of(places)).integer(Function.identity());
    }

    @Test
    void each_statement_sees_what_those_before_it_did_and_has_its_own_parameters() throws Exception {
        // the driver keeps prepared statements from the fifth time on
        for (int time = 0; time < 8; time++) {
            new Pipeline()
                    .add(WORDS, words("a", "it's;"))
                    .add(DOUBLED, places(1, 5))
                    .add(WORDS, words("abc"))
                    .run(connection);
            assertThat(TestDatabase.rows(connection, "select place, word from words order by place"))
                    .containsExactly(List.of("1", "a"), List.of("3", "abc"), List.of("5", "it's;"));
            assertThat(TestDatabase.column(connection, "select place from doubled order by place"))
                    .containsExactly("2", "10");
            connection.rollback();
        }
        assertThat(TestDatabase.value(
                        connection,
                        "select count(*) from pg_prepared_statements where statement like '%insert into doubled%'"))
                .as("planned once")
                .isEqualTo("1");
    }

    @Test
    void one_that_fails_fails_all_wherever_it_stands() throws Exception {
        Pipeline last = new Pipeline().add(WORDS, words("a", "ab")).add(WORDS, words("b"));
        assertThatThrownBy(() -> last.run(connection))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
        connection.rollback();
        Pipeline first = new Pipeline().add(WORDS, words("a", "b")).add(WORDS, words("abc"));
        assertThatThrownBy(() -> first.run(connection)).hasMessageContaining("words_pkey");
        connection.rollback();
        assertThat(TestDatabase.value(connection, "select count(*) from words")).isEqualTo("0");
    }

    /// The application server asks the same before it puts a statement by for the next time, with its plan; the
    /// driver's own cache is off behind it.
    @Test
    void no_result_is_left_when_the_statement_is_closed() throws Exception {
        List<String> left = new ArrayList<>();
        Connection watched = watch(Connection.class, (method, arguments) -> {
            PreparedStatement statement = (PreparedStatement) method.invoke(connection, arguments);
            return watch(PreparedStatement.class, (asked, given) -> {
                if (asked.getName().equals("close")) {
                    left.add(statement.getMoreResults() + " " + statement.getUpdateCount());
                }
                return asked.invoke(statement, given);
            });
        });
        new Pipeline()
                .add(WORDS, words("a"))
                .add(DOUBLED, places(1))
                .add(WORDS, words("ab"))
                .run(watched);
        assertThat(left).containsExactly("false -1");
    }

    private interface Watch {
        @Nullable
        Object see(Method method, @Nullable Object[] arguments) throws Exception;
    }

    private static <T> T watch(Class<T> type, Watch watch) {
        return type.cast(Proxy.newProxyInstance(
                PipelineTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> watch.see(method, arguments)));
    }

    @Test
    void without_statements_nothing_is_asked() throws Exception {
        Connection closed = DATABASE.connect(Role.WORKER);
        closed.close();
        new Pipeline().run(closed);
        Pipeline one = new Pipeline().add(WORDS, words("a"));
        assertThatThrownBy(() -> one.run(closed)).hasMessageContaining("closed");
    }
}
