package org.quantumhub.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RolesTest {

    @Test
    void the_constants_are_the_platform_roles() throws Exception {
        Map<String, String> constants = new TreeMap<>();
        for (Field field : Roles.class.getFields()) {
            constants.put(field.getName(), String.valueOf(field.get(null)));
        }
        assertThat(constants).allSatisfy((name, value) -> assertThat(value).isEqualTo(name));
        assertThat(constants.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(PlatformRole.values()).map(Enum::name).toList());
    }
}
