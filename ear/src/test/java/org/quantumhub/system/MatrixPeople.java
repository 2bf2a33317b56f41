package org.quantumhub.system;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.quantumhub.shared.Ids;
import org.quantumhub.system.AuthorisationMatrix.Who;
import org.quantumhub.system.HubClient.Person;

/// The callers of the matrix, and rows for them to ask for.
final class MatrixPeople {

    private final Sql sql;
    private final Map<Who, Caller> callers = new EnumMap<>(Who.class);
    private final UUID shared;
    private final UUID strangers;

    /// The webhook that was made last, for its deliveries.
    private UUID last = new UUID(0, 0);

    /// Days that have a bill: a team is billed once for each. They lie behind 1582, before which java.sql.Date counts
    /// otherwise than PostgreSQL.
    private int billed;

    /// Somebody who asks, for one team.
    ///
    /// @param own the team that the caller acts for
    /// @param other a team the caller has nothing to do with
    record Caller(HubClient client, UUID person, UUID own, UUID other) {}

    MatrixPeople(HubClient anybody, Sql sql) {
        this.sql = sql;
        Person owner = anybody.register();
        Person stranger = anybody.register();
        shared = owner.team();
        strangers = stranger.team();
        callers.put(Who.OWNER, acting(owner, shared, strangers));
        callers.put(Who.STRANGER, acting(stranger, strangers, shared));
        callers.put(Who.ADMIN, acting(joined(anybody.register(), "ADMIN"), shared, strangers));
        callers.put(Who.MEMBER, acting(joined(anybody.register(), "MEMBER"), shared, strangers));
        callers.put(Who.CONSUMER, alone(anybody.register()));
        callers.put(Who.DEVELOPER, alone(anybody.register(sql, "DEVELOPER")));
        callers.put(Who.ADMINISTRATOR, alone(anybody.register(sql, "ADMIN")));
        callers.put(Who.OPERATOR, alone(anybody.register(sql, "OPERATOR")));
        callers.put(Who.AUDITOR, alone(anybody.register(sql, "AUDITOR")));
        Person suspended = anybody.register();
        sql.run("update teams set suspended_at = now() where id = ?", suspended.team());
        callers.put(Who.SUSPENDED, alone(suspended));
        callers.put(Who.ANONYMOUS, new Caller(anybody, owner.id(), shared, strangers));
        HubClient key = owner.withKey();
        sql.run("update user_api_keys set status = 'REVOKED' where user_id = ?", owner.id());
        callers.put(Who.REVOKED, new Caller(key, owner.id(), shared, strangers));
    }

    private Person joined(Person person, String role) {
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, ?)", shared, person.id(), role);
        return person;
    }

    private static Caller acting(Person person, UUID own, UUID other) {
        return new Caller(person.client().with("X-Team-Id", own.toString()), person.id(), own, other);
    }

    private Caller alone(Person person) {
        return acting(person, person.team(), shared);
    }

    Caller caller(Who who) {
        return Objects.requireNonNull(callers.get(who));
    }

    /// All teams that somebody here acts for.
    Set<UUID> teams() {
        return callers.values().stream().map(Caller::own).collect(Collectors.toUnmodifiableSet());
    }

    /// A person of a team that is no team of the caller's.
    UUID personOf(UUID team) {
        return UUID.fromString(
                sql.value("select user_id from team_members where team_id = ? and role = 'OWNER'", team));
    }

    /// The address of an operation with ids of a team.
    String address(AuthorisationMatrix.Operation operation, UUID team, UUID person) {
        String address = operation.path().replace("{teamId}", team.toString());
        for (Map.Entry<String, String> parameter : operation.fixtures().entrySet()) {
            address = address.replace("{" + parameter.getKey() + "}", fixture(parameter.getValue(), team, person));
        }
        return address;
    }

    /// Makes a row of the kind, new for each question: the one before may be gone.
    private String fixture(String kind, UUID team, UUID person) {
        UUID id = Ids.next();
        switch (kind) {
            case "api-key" ->
                sql.run(
                        "insert into user_api_keys (id, user_id, team_id, name, value_prefix, value_hash)"
                                + " values (?, ?, ?, 'matrix', ?, sha256('x'))",
                        id,
                        person,
                        team,
                        "qh_" + id.toString().substring(24));
            case "job" ->
                sql.run(
                        "insert into jobs (id, team_id, user_id, backend_slug, program, program_format, shots, seed, qubit_count,"
                                + " gate_count, depth, status, estimated_cost, currency, price_version_id, completed_at,"
                                + " actual_cost) select ?, ?, ?, 'hub-statevector', 'OPENQASM 3;', 'OPENQASM3', 1, 1, 1, 1, 1,"
                                + " 'SUBMITTED', 0, 'USD', id, null, null from price_versions limit 1",
                        id,
                        team,
                        person);
            case "member" -> {
                Person spare = caller(Who.ANONYMOUS).client().register();
                sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'MEMBER')", team, spare.id());
                return spare.id().toString();
            }
            case "invitation" ->
                sql.run(
                        "insert into team_invitations (id, team_id, email, role, token_hash, invited_by, expires_at)"
                                + " values (?, ?, ?, 'MEMBER', sha256(?::text::bytea), ?, now() + interval '1 day')",
                        id,
                        team,
                        id + "@example.org",
                        id.toString(),
                        person);
            case "secret" -> {
                UUID key = Ids.next();
                sql.run(
                        "insert into team_data_keys (id, team_id, wrapped_key, master_key_id, status)"
                                + " values (?, ?, 'x', 'matrix', 'RETIRED')",
                        key,
                        team);
                sql.run(
                        "insert into team_secrets (id, team_id, provider, key_name, encrypted_value, key_id, created_by)"
                                + " values (?, ?, 'matrix', ?, 'x', ?, ?)",
                        id,
                        team,
                        id.toString(),
                        key,
                        person);
            }
            case "budget" ->
                sql.run(
                        "insert into budgets (id, team_id, name, scope, amount, currency, period, action)"
                                + " values (?, ?, 'matrix', 'TEAM', 1000000, 'USD', 'YEAR', 'NOTIFY')",
                        id,
                        team);
            case "notification" ->
                sql.run(
                        "insert into notifications (id, user_id, title, message, topic) values (?, ?, 'matrix', 'matrix', 'job.failed')",
                        id,
                        person);
            case "topic" -> {
                return "job.failed";
            }
            case "webhook" -> webhook(id, team, person);
            case "last" -> {
                webhook(id, team, person);
                last = id;
            }
            case "delivery" ->
                sql.run(
                        "insert into webhook_deliveries (id, team_id, endpoint_id, event_type, event_key, payload)"
                                + " values (?, ?, ?, 'x', 'x', '{}')",
                        id,
                        team,
                        last);
            case "bill" ->
                sql.run(
                        "insert into bills (id, team_id, user_id, kind, period_start, period_end, currency, usage, net, total, due,"
                                + " pending_amount, billing_date, due_date, seller, buyer)"
                                + " select ?, ?, ?, 'INVOICE', d.day, d.day + 1, 'USD', 0, 0, 0, 0, 0, '1500-01-01', '1500-01-02',"
                                + " '{\"name\": \"x\"}', '{\"name\": \"y\"}'"
                                + " from (select date '1600-01-01' + ?::int as day) d",
                        id,
                        team,
                        person,
                        billed++);
            case "statement" ->
                sql.run(
                        "insert into provider_statements (id, provider, name, created_by) values (?, 'matrix', ?, ?)",
                        id,
                        id.toString(),
                        person);
            case "price" -> {
                return sql.value("select id from price_versions limit 1");
            }
            case "spare-team" ->
                sql.run(
                        "insert into teams (id, name, slug) values (?, 'matrix', ?)",
                        id,
                        "matrix-" + id.toString().substring(24));
            case "team" -> {
                return team.toString();
            }
            case "backend" -> {
                return "hub-statevector";
            }
            case "provider" -> {
                return "matrix";
            }
            case "nothing" -> {
                // there is none: whoever is let in learns that
            }
            default -> throw new IllegalStateException("no fixture: " + kind);
        }
        return id.toString();
    }

    private void webhook(UUID id, UUID team, UUID person) {
        sql.run(
                "insert into webhook_endpoints (id, team_id, url, event_types, is_active, created_by)"
                        + " values (?, ?, 'https://93.184.216.34/', '{x}', false, ?)",
                id,
                team,
                person);
    }
}
