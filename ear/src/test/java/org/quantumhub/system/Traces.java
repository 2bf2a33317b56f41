package org.quantumhub.system;

import java.util.UUID;

/// What a team has left in the database: compared before and after, it shows that a refusal left nothing.
record Traces(long jobs, long transfers, long keys, long events, String wallet) {

    static Traces of(Sql sql, UUID team) {
        return new Traces(
                sql.count("select count(*) from jobs where team_id = ?", team),
                sql.count("select count(*) from ledger_transfers where team_id = ?", team),
                sql.count("select count(*) from idempotency_keys where team_id = ?", team),
                sql.count("select count(*) from job_events where team_id = ?", team),
                sql.value("select available || ' ' || held || ' ' || spent from wallets where team_id = ?", team));
    }
}
