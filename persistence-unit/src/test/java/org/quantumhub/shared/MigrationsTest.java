package org.quantumhub.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.quantumhub.launch.DatabaseAddress;
import org.quantumhub.launch.Migrations;
import org.quantumhub.shared.TestDatabase.Role;

class MigrationsTest {

    private static final String OBJECTS = """
            select 'table ' || relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('hub', 'batch') and c.relkind in ('r', 'v', 'm', 'S', 'p') and relname not like 'databasechangelog%'
            union all
            select 'function ' || proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'hub'
            union all
            select 'type ' || typname from pg_type t join pg_namespace n on n.oid = t.typnamespace
             where n.nspname = 'hub' and t.typtype in ('e', 'd')
             order by 1
            """;

    private final TestDatabase database = TestDatabase.hub();

    @Test
    void every_change_set_goes_up_and_down_and_up_again() throws Exception {
        DatabaseAddress address = database.emptyDatabase("up_and_down");
        Migrations migrations = database.migrations(address);

        int all = migrations.update();
        List<String> whole = objects(address);
        assertThat(all).isPositive();
        assertThat(migrations.pending()).isEmpty();

        migrations.rollback(all);
        assertThat(migrations.pending()).hasSize(all);
        assertThat(objects(address)).isEmpty();

        assertThat(migrations.update()).isEqualTo(all);
        assertThat(objects(address)).isEqualTo(whole);
    }

    @Test
    void every_change_set_carries_its_rollback() throws Exception {
        List<String> lacking = new ArrayList<>();
        int found = 0;
        for (String file : includedFiles()) {
            List<String> changeSets = List.of(text(file).split("(?m)^--changeset "));
            for (String changeSet : changeSets.subList(1, changeSets.size())) {
                found++;
                if (!changeSet.contains("\n--rollback ")) {
                    lacking.add(file + " " + changeSet.lines().findFirst().orElseThrow());
                }
            }
        }
        String run = database.ask(
                Role.OWNER, connection -> TestDatabase.value(connection, "select count(*) from hub.databasechangelog"));
        assertThat(found).hasToString(run);
        assertThat(lacking).isEmpty();
    }

    private List<String> objects(DatabaseAddress address) throws Exception {
        try (Connection connection = database.connect(address, Role.OWNER)) {
            return List.copyOf(TestDatabase.column(connection, OBJECTS).stream()
                    .map(String::valueOf)
                    .toList());
        }
    }

    private static List<String> includedFiles() throws IOException {
        return Pattern.compile("<include file=\"([^\"]+)\"")
                .matcher(text(Migrations.CHANGELOG))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String text(String resource) throws IOException {
        try (InputStream stream = MigrationsTest.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
