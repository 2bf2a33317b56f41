package org.quantumhub.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void what_fits_is_the_last_page(int rows) {
        Page<UUID> page = Page.cut(ids(rows), 3, Function.identity());
        assertThat(page.items()).hasSize(rows);
        assertThat(page.next()).isNull();
    }

    @Test
    void the_row_too_many_is_cut_and_the_last_shown_is_where_to_go_on() {
        List<UUID> rows = ids(4);
        Page<UUID> page = Page.cut(rows, 3, Function.identity());
        assertThat(page.items()).isEqualTo(rows.subList(0, 3));
        assertThat(page.next()).isEqualTo(rows.get(2));
    }

    @Test
    void a_view_of_a_page_goes_on_at_the_same_place() {
        Page<UUID> page = Page.cut(ids(2), 1, Function.identity());
        Page<String> view = page.map(UUID::toString);
        assertThat(view.items()).containsExactly(page.items().getFirst().toString());
        assertThat(view.next()).isEqualTo(page.next());
    }

    private static List<UUID> ids(int count) {
        return Stream.generate(Ids::next).limit(count).toList();
    }
}
