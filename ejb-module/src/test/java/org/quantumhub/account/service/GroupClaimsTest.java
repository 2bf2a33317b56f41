package org.quantumhub.account.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupClaimsTest {

    private static final Map<String, Object> CLAIMS = Map.of(
            "groups",
            List.of("lab", "chess club"),
            "department",
            "physics",
            "https://company.example/roles",
            List.of("named by an address"),
            "realm_access",
            Map.of("roles", List.of("operator", "lab")),
            "resource_access",
            Map.of("quantum.hub", Map.of("roles", List.of("developer"))));

    @Test
    void several_claims_are_one_set() {
        assertThat(GroupClaims.of(CLAIMS, List.of("groups", "realm_access.roles")))
                .containsExactly("lab", "chess club", "operator");
    }

    @Test
    void a_single_word_is_a_group() {
        assertThat(GroupClaims.of(CLAIMS, List.of("department"))).containsExactly("physics");
    }

    @Test
    void dots_are_part_of_a_name_or_lead_inside() {
        assertThat(GroupClaims.of(CLAIMS, List.of("https://company.example/roles")))
                .containsExactly("named by an address");
        assertThat(GroupClaims.of(CLAIMS, List.of("resource_access.quantum.hub.roles")))
                .containsExactly("developer");
    }

    @Test
    void what_is_not_there_is_nothing() {
        assertThat(GroupClaims.of(CLAIMS, List.of("realm_access.others", "groups.lab", "none", "")))
                .isEmpty();
        assertThat(GroupClaims.of(Map.of(), List.of("groups"))).isEmpty();
    }
}
