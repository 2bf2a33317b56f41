package org.quantumhub.shared;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Enumerated;
import jakarta.persistence.metamodel.EntityType;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.jpa.JpaEntityManagerFactory;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.DirectCollectionMapping;
import org.eclipse.persistence.sessions.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.account.ApiKey;
import org.quantumhub.account.ApiKeyStatus;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.User;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamMember;
import org.quantumhub.team.TeamRole;

/// Holds the entities against the tables, both as the machinery sees them: the descriptors of EclipseLink and the
/// catalogue of PostgreSQL.
class MappingTest {

    private record Column(String type, boolean nullable, boolean filledByDatabase) {}

    private static final Map<Class<?>, Set<String>> TYPES = Map.ofEntries(
            Map.entry(UUID.class, Set.of("uuid")),
            Map.entry(String.class, Set.of("varchar", "bpchar", "text")),
            Map.entry(boolean.class, Set.of("bool")),
            Map.entry(short.class, Set.of("int2")),
            Map.entry(int.class, Set.of("int4")),
            Map.entry(Integer.class, Set.of("int4")),
            Map.entry(long.class, Set.of("int8")),
            Map.entry(Long.class, Set.of("int8")),
            Map.entry(BigDecimal.class, Set.of("numeric")),
            Map.entry(Instant.class, Set.of("timestamptz")),
            Map.entry(LocalDate.class, Set.of("date")),
            Map.entry(byte[].class, Set.of("bytea")),
            Map.entry(int[].class, Set.of("_int4")),
            Map.entry(double[].class, Set.of("_float8")),
            Map.entry(List.class, Set.of("_text")));

    private static final Set<Class<?>> ARRAYS =
            Set.of(TextArrayConverter.class, IntArrayConverter.class, DoubleArrayConverter.class);

    private final TestDatabase database = TestDatabase.hub();

    static List<Class<?>> entities() {
        return TestEntities.factory().getMetamodel().getEntities().stream()
                .<Class<?>>map(EntityType::getJavaType)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entities")
    void every_field_has_its_column(Class<?> entity) throws Exception {
        Map<String, Column> columns = columns(table(entity));
        List<String> differences = new ArrayList<>();
        for (DatabaseMapping mapping : descriptor(entity).getMappings()) {
            Field field = entity.getDeclaredField(mapping.getAttributeName());
            if (mapping instanceof DirectCollectionMapping collection) {
                differences.addAll(differencesOf(collection));
            } else {
                String name = name(mapping.getFields().getFirst());
                Column column = columns.get(name);
                if (column == null) {
                    differences.add(name + " is no column");
                } else {
                    differences.addAll(differences(field, name, column));
                }
            }
        }
        assertThat(columns).isNotEmpty();
        assertThat(differences).isEmpty();
    }

    private static List<String> differences(Field field, String name, Column column) {
        List<String> differences = new ArrayList<>();
        if (!fitting(field).contains(column.type())) {
            differences.add(name + " is " + column.type() + ", the field "
                    + field.getType().getSimpleName());
        }
        boolean nullable = field.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (nullable != column.nullable()) {
            differences.add(name + (column.nullable() ? " may" : " may not") + " be null, the field "
                    + (nullable ? "may" : "may not"));
        }
        return differences;
    }

    private static Set<String> fitting(Field field) {
        Convert convert = field.getAnnotation(Convert.class);
        if (convert != null && !ARRAYS.contains(convert.converter())) {
            return Set.of("jsonb");
        }
        if (field.isAnnotationPresent(Enumerated.class)) {
            return Set.of("varchar");
        }
        if (field.getType().isAnnotationPresent(Entity.class)) {
            return Set.of("uuid");
        }
        return Objects.requireNonNull(TYPES.get(field.getType()), () -> "no column type is known to fit " + field);
    }

    private List<String> differencesOf(DirectCollectionMapping collection) throws SQLException {
        Map<String, Column> columns = columns(collection.getReferenceTable().getName());
        Set<String> mapped = new TreeSet<>();
        mapped.add(name(collection.getDirectField()));
        collection.getReferenceKeyFields().forEach(field -> mapped.add(name(field)));
        return columns.keySet().equals(mapped) ? List.of() : List.of(columns.keySet() + " against " + mapped);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entities")
    void every_column_that_an_insert_must_fill_is_mapped(Class<?> entity) throws Exception {
        Set<String> mapped = new HashSet<>();
        // a second entity may show what the first one of the same table leaves out
        for (Class<?> each : entities()) {
            if (table(each).equals(table(entity))) {
                for (DatabaseField field : descriptor(each).getFields()) {
                    mapped.add(name(field));
                }
            }
        }
        Set<String> forgotten = new TreeSet<>();
        columns(table(entity)).forEach((name, column) -> {
            if (!column.nullable() && !column.filledByDatabase() && !mapped.contains(name)) {
                forgotten.add(name);
            }
        });
        assertThat(forgotten).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entities")
    void every_word_of_an_enumeration_is_accepted_by_its_column(Class<?> entity) throws Exception {
        Map<String, String> refused = new TreeMap<>();
        for (DatabaseMapping mapping : descriptor(entity).getMappings()) {
            Field field = entity.getDeclaredField(mapping.getAttributeName());
            if (field.getType().isEnum()) {
                String column = name(mapping.getFields().getFirst());
                String rules = rules(table(entity), column);
                for (Object word : field.getType().getEnumConstants()) {
                    if (!rules.isEmpty() && !rules.contains("'" + ((Enum<?>) word).name() + "'")) {
                        refused.put(column, ((Enum<?>) word).name());
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    private String rules(String table, String column) throws SQLException {
        return database.ask(Role.SUPERUSER, connection -> TestDatabase.value(connection, """
                select coalesce(string_agg(pg_get_constraintdef(k.oid), ' '), '') from pg_constraint k
                  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
                 where k.contype = 'c' and k.conrelid = ('hub.' || ?)::regclass and a.attname = ?
                   and pg_get_constraintdef(k.oid) ~ 'ARRAY\\['
                """, table, column));
    }

    @Test
    void the_persistence_unit_lists_every_entity_and_converter() throws Exception {
        Set<String> present = new TreeSet<>();
        Path root = classes();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                if (name.endsWith("package-info")) {
                    continue;
                }
                Class<?> type = Class.forName(name, false, MappingTest.class.getClassLoader());
                if (type.isAnnotationPresent(Entity.class) || type.isAnnotationPresent(Converter.class)) {
                    present.add(name);
                }
            }
        }
        String unit = Files.readString(root.resolve("META-INF/persistence.xml"));
        List<String> listed = Pattern.compile("<class>([^<]+)</class>")
                .matcher(unit)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(present);
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(
                User.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void a_registration_is_stored_and_found_again() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        UUID person = Ids.next();
        UUID team = Ids.next();
        UUID key = Ids.next();
        String name = "Max-" + person;
        Tenant tenant = new Tenant(person, team, name);
        byte[] hash = {
            1, 2, 3, -4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, -128
        };
        TestEntities.inTransaction(tenant, entities -> {
            User user = new User(
                    person,
                    name,
                    " " + name + "@Example.org",
                    null,
                    "hash",
                    EnumSet.of(PlatformRole.CONSUMER, PlatformRole.DEVELOPER),
                    now);
            entities.persist(user);
            entities.flush();
            entities.persist(Team.personalOf(user.username(), team, "EUR", now));
            entities.flush();
            entities.persist(new TeamMember(team, person, TeamRole.OWNER, now));
            entities.flush();
            user.choose(team, now);
            entities.persist(new ApiKey(key, person, team, "laptop", prefix(key), hash, now.plusSeconds(60), now));
        });

        TestEntities.inTransaction(tenant, entities -> {
            User user = found(entities, User.class, person);
            assertThat(user.email()).isEqualTo(User.normalised(name + "@example.org"));
            assertThat(user.fullName()).isNull();
            assertThat(user.lastLogin()).isNull();
            assertThat(user.defaultTeamId()).isEqualTo(team);
            assertThat(user.isActive()).isTrue();
            assertThat(user.apiQuotaMonthly()).isEqualTo(10_000);
            assertThat(user.createdAt()).isEqualTo(now);
            assertThat(user.roles()).containsExactlyInAnyOrder(PlatformRole.CONSUMER, PlatformRole.DEVELOPER);

            Team stored = found(entities, Team.class, team);
            assertThat(stored.slug()).isEqualTo("~" + User.normalised(name));
            assertThat(stored.currency()).isEqualTo("EUR");
            assertThat(stored.isPersonal()).isTrue();
            assertThat(stored.isSuspended()).isFalse();

            TeamMember member = found(entities, TeamMember.class, new TeamMember.Key(team, person));
            assertThat(member.role()).isEqualTo(TeamRole.OWNER);

            ApiKey opened = found(entities, ApiKey.class, key);
            assertThat(opened.hash()).isEqualTo(hash);
            assertThat(opened.expireAt()).isEqualTo(now.plusSeconds(60));
            assertThat(opened.lastUsedAt()).isNull();
            assertThat(opened.opens(now)).isTrue();
            opened.revoke(now.plusSeconds(1));
            user.signedIn(now.plusSeconds(2));
        });

        TestEntities.inTransaction(tenant, entities -> {
            assertThat(found(entities, ApiKey.class, key).status(now)).isEqualTo(ApiKeyStatus.REVOKED);
            assertThat(found(entities, User.class, person).lastLogin()).isEqualTo(now.plusSeconds(2));
        });
    }

    private static String prefix(UUID key) {
        return "qh_" + Long.toHexString(key.getLeastSignificantBits());
    }

    private static <T> T found(EntityManager entities, Class<T> type, Object id) {
        return Objects.requireNonNull(entities.find(type, id));
    }

    private static ClassDescriptor descriptor(Class<?> entity) {
        Session session =
                TestEntities.factory().unwrap(JpaEntityManagerFactory.class).getServerSession();
        return session.getDescriptor(entity);
    }

    /// PostgreSQL folds what is not quoted to lower case.
    private static String name(DatabaseField field) {
        return field.getName().toLowerCase(Locale.ROOT);
    }

    private static String table(Class<?> entity) {
        return descriptor(entity).getTableName();
    }

    private Map<String, Column> columns(String table) throws SQLException {
        Map<String, Column> columns = new TreeMap<>();
        List<List<@Nullable String>> rows =
                database.ask(Role.SUPERUSER, connection -> TestDatabase.rows(connection, """
                select column_name, udt_name, is_nullable, column_default is not null or is_identity = 'YES'
                  from information_schema.columns where table_schema = 'hub' and table_name = ?
                """, table));
        for (List<@Nullable String> row : rows) {
            columns.put(
                    String.valueOf(row.get(0)),
                    new Column(String.valueOf(row.get(1)), "YES".equals(row.get(2)), "t".equals(row.get(3))));
        }
        return columns;
    }
}
