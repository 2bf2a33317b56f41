package org.quantumhub.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemCodeTest {

    @Test
    void every_code_has_a_slug_of_its_own_that_is_fit_for_an_address() {
        assertThat(Stream.of(ProblemCode.values()).map(ProblemCode::slug))
                .doesNotHaveDuplicates()
                .allMatch(slug -> slug.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void every_title_is_its_own_and_every_status_an_error() {
        assertThat(ProblemCode.values())
                .extracting(ProblemCode::title)
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(ProblemCode.values())
                .allMatch(code -> code.kind().status() >= 400 && code.kind().status() < 600);
    }

    @Test
    void an_exception_keeps_its_details_and_leaves_out_what_is_unknown() {
        HubException refusal = new HubException(ProblemCode.INVALID_FIELD, "no")
                .with("line", 3)
                .with("column", null);
        assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_FIELD);
        assertThat(refusal.details()).hasSize(1).containsEntry("line", 3);
    }
}
