package org.quantumhub.shared;

import java.sql.SQLException;
import java.util.UUID;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// A team with a row in every table that belongs to teams.
final class FurnishedTenant {

    private FurnishedTenant() {}

    static Tenant make(TestDatabase database) throws SQLException {
        Tenant tenant = database.tenant("5.00");
        UUID job = Ids.next();
        UUID delivery = Ids.next();
        database.inTransaction(Role.APP, tenant, connection -> {
            TestDatabase.change(
                    connection,
                    "insert into hub.user_api_keys (id, user_id, team_id, name, value_prefix, value_hash)"
                            + " values (?, ?, ?, 'key', ?, sha256('x'))",
                    Ids.next(),
                    tenant.user(),
                    tenant.team(),
                    "qh_" + tenant.login());
            TestDatabase.change(connection, """
                    insert into hub.jobs (id, team_id, user_id, backend_slug, program, program_format, shots, seed, qubit_count,
                                          gate_count, depth, execution_mode, status, fence, lease_owner, started_at, completed_at,
                                          actual_cost, estimated_cost, currency, price_version_id, tags)
                    values (?, ?, ?, 'hub-statevector', 'x', 'OPENQASM2', 1, 1, 1, 1, 1, 'DIRECT', 'COMPLETED', 1, ?, now(), now(),
                            0, 0, 'USD', '01920000-0000-7000-8000-000000001001', '{t}')
                    """, job, tenant.team(), tenant.user(), Ids.next());
            TestDatabase.change(
                    connection,
                    "insert into hub.job_results (id, team_id, job_id, result_type, result_data, shots, quantum_time_seconds, fence)"
                            + " values (?, ?, ?, 'COUNTS', '{}', 1, 0, 1)",
                    Ids.next(),
                    tenant.team(),
                    job);
            TestDatabase.change(
                    connection,
                    "insert into hub.team_backends (team_id, backend_slug) values (?, 'hub-statevector')",
                    tenant.team());
            UUID webhook = Ids.next();
            TestDatabase.change(
                    connection,
                    "insert into hub.feed_entries (team_id, type) values (?, 'team.suspended')",
                    tenant.team());
            TestDatabase.change(
                    connection,
                    "insert into hub.webhook_endpoints (id, team_id, url, event_types, created_by) values (?, ?, 'x', '{*}', ?)",
                    webhook,
                    tenant.team(),
                    tenant.user());
            TestDatabase.change(
                    connection,
                    "insert into hub.webhook_deliveries (id, team_id, endpoint_id, event_type, event_key, payload)"
                            + " values (?, ?, ?, 'x', 'x', '{}')",
                    delivery,
                    tenant.team(),
                    webhook);
            UUID key = Ids.next();
            TestDatabase.change(
                    connection,
                    "insert into hub.team_data_keys (id, team_id, wrapped_key, master_key_id) values (?, ?, 'x', 'm')",
                    key,
                    tenant.team());
            TestDatabase.change(
                    connection,
                    "insert into hub.team_secrets (id, team_id, provider, key_name, encrypted_value, key_id, created_by)"
                            + " values (?, ?, 'ionq', 'k', 'x', ?, ?)",
                    Ids.next(),
                    tenant.team(),
                    key,
                    tenant.user());
            TestDatabase.change(
                    connection,
                    "insert into hub.team_invitations (id, team_id, email, role, token_hash, invited_by, expires_at)"
                            + " values (?, ?, 'a@example.org', 'MEMBER', sha256(?::bytea), ?, now() + interval '1 day')",
                    Ids.next(),
                    tenant.team(),
                    tenant.login(),
                    tenant.user());
            TestDatabase.change(
                    connection,
                    "insert into hub.idempotency_keys (team_id, key, request_hash, job_id) values (?, 'k', sha256('x'), ?)",
                    tenant.team(),
                    job);
            UUID budget = Ids.next();
            TestDatabase.change(
                    connection,
                    "insert into hub.budgets (id, team_id, name, scope, amount, currency, period, action)"
                            + " values (?, ?, 'b', 'TEAM', 1, 'USD', 'TOTAL', 'NOTIFY')",
                    budget,
                    tenant.team());
            TestDatabase.change(
                    connection,
                    "insert into hub.budget_entries (budget_id, reference, kind, team_id, amount, period_start)"
                            + " values (?, ?, 'HOLD', ?, 1, '1970-01-01')",
                    budget,
                    job,
                    tenant.team());
            TestDatabase.change(
                    connection,
                    "insert into hub.job_logs (team_id, job_id, attempt, stream, level, message)"
                            + " values (?, ?, 1, 'USER', 'INFO', 'x')",
                    tenant.team(),
                    job);
            TestDatabase.change(
                    connection,
                    "insert into hub.billing_profiles (team_id, legal_name) values (?, 'x')",
                    tenant.team());
        });
        // what requests may read and only the background writes
        database.inTransaction(Role.WORKER, connection -> {
            UUID bill = Ids.next();
            TestDatabase.change(
                    connection,
                    "insert into hub.bills (id, team_id, user_id, kind, period_start, period_end, currency, usage, net, total, due,"
                            + " pending_amount, billing_date, due_date, seller, buyer)"
                            + " values (?, ?, ?, 'INVOICE', '1600-01-01', '1600-02-01', 'USD', 1, 1, 1, 1, 1, '1600-02-01',"
                            + " '1600-03-01', '{}', '{}')",
                    bill,
                    tenant.team(),
                    tenant.user());
            TestDatabase.change(
                    connection,
                    "insert into hub.billing_items (bill_id, position, team_id, description, quantity, unit, exact_amount, amount)"
                            + " values (?, 1, ?, 'x', 1, 'x', 1, 1)",
                    bill,
                    tenant.team());
            TestDatabase.change(
                    connection,
                    "insert into hub.bill_reminders (bill_id, level, team_id) values (?, 1, ?)",
                    bill,
                    tenant.team());
            TestDatabase.change(
                    connection,
                    "insert into hub.payments (id, team_id, method, amount, currency, received_on, external_id)"
                            + " values (gen_random_uuid(), ?, 'MANUAL', 1, 'USD', '1600-02-01', ?)",
                    tenant.team(),
                    tenant.login());
            TestDatabase.change(
                    connection,
                    "insert into hub.usage_analytics (id, date, team_id, user_id, endpoint) values (gen_random_uuid(), '1600-01-01', ?, ?, 'x')",
                    tenant.team(),
                    tenant.user());
            TestDatabase.change(
                    connection,
                    "insert into hub.usage_days (day, team_id, user_id, backend, currency, jobs, completed, failed, cancelled, shots,"
                            + " compute_seconds, cost) values ('1600-01-01', ?, ?, 'x', 'USD', 0, 0, 0, 0, 0, 0, 0)",
                    tenant.team(),
                    tenant.user());
            TestDatabase.change(
                    connection,
                    "insert into hub.checkouts (id, team_id, gateway, external_id, amount, currency)"
                            + " values (gen_random_uuid(), ?, 'STRIPE', ?, 1, 'USD')",
                    tenant.team(),
                    tenant.login());
        });
        database.inTransaction(Role.WORKER, connection -> {
            TestDatabase.change(
                    connection,
                    "insert into hub.provider_tasks (id, team_id, job_id, provider_slug, backend_slug, token)"
                            + " values (?, ?, ?, 'hub-emulator', 'iqm-garnet-emulator', ?)",
                    Ids.next(),
                    tenant.team(),
                    job,
                    "qh-" + job);
        });
        database.inTransaction(
                Role.WORKER,
                connection -> TestDatabase.change(
                        connection,
                        "insert into hub.webhook_attempts (team_id, delivery_id, millis) values (?, ?, 1)",
                        tenant.team(),
                        delivery));
        database.inTransaction(
                Role.WORKER,
                connection -> TestDatabase.change(
                        connection, "insert into hub.team_limits (team_id, max_running) values (?, 1)", tenant.team()));
        database.inTransaction(
                Role.WORKER,
                connection -> TestDatabase.change(
                        connection,
                        "insert into hub.stored_objects (path, team_id, content) values (?, ?, sha256('x'))",
                        "results/" + job,
                        tenant.team()));
        return tenant;
    }
}
