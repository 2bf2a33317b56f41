package org.quantumhub.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.TestDatabase.Role;

class TextArrayConverterTest {

    private static final String SIGNS = "ab \"\\{},'NUL%_\t\n\r☂é😀[]();-/*:?$0";

    private final TextArrayConverter converter = new TextArrayConverter();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 20261120})
    void any_list_comes_back_from_the_database_as_it_went(long seed) throws Exception {
        Random random = new Random(seed);
        List<List<String>> lists = new ArrayList<>();
        lists.add(List.of());
        lists.add(List.of(""));
        lists.add(List.of("NULL", "null", "{}", "\"", "\\", "\\\"", ","));
        for (int i = 0; i < 100; i++) {
            List<String> list = new ArrayList<>();
            for (int n = random.nextInt(6); n > 0; n--) {
                StringBuilder item = new StringBuilder();
                random.ints(random.nextInt(8), 0, SIGNS.codePointCount(0, SIGNS.length()))
                        .forEach(place -> item.appendCodePoint(SIGNS.codePointAt(SIGNS.offsetByCodePoints(0, place))));
                list.add(item.toString());
            }
            lists.add(list);
        }
        TestDatabase.hub().inTransaction(Role.APP, connection -> {
            for (List<String> list : lists) {
                assertThat(throughTheDatabase(connection, list)).isEqualTo(list);
            }
        });
    }

    private List<String> throughTheDatabase(Connection connection, List<String> list) throws SQLException {
        try (PreparedStatement echo = connection.prepareStatement("select ?::text[]")) {
            echo.setString(1, TextArrayConverter.literal(list));
            try (ResultSet row = echo.executeQuery()) {
                assertThat(row.next()).isTrue();
                Array array = row.getArray(1);
                return converter.convertToEntityAttribute(array.getArray());
            }
        }
    }

    @Test
    void no_column_is_an_empty_list() {
        assertThat(converter.convertToEntityAttribute(null)).isEmpty();
        assertThat(converter.convertToDatabaseColumn(null)).isNull();
    }
}
