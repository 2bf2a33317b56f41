package org.quantumhub.system;

/// A second simulator of the hub, with a price of its own, to move jobs to.
final class OtherBackend {

    static final String SLUG = "hub-other";

    /// What a job costs there, whatever its shots.
    static final String FEE = "0.5";

    private OtherBackend() {}

    static void in(Sql sql) {
        sql.run(
                "insert into backends (id, slug, name, provider_id, device_type, technology_type, device_arn, qubit_count,"
                        + " max_qubits, max_shots, status) select gen_random_uuid(), ?, 'Other', provider_id, 'SIMULATOR',"
                        + " 'SIMULATOR', 'arn:hub:simulator:::other', 20, 20, 1000, 'ONLINE' from backends where slug = 'hub-statevector'"
                        + " on conflict do nothing",
                SLUG);
        sql.run(
                "insert into price_versions (id, subject_kind, subject, components) select gen_random_uuid(), 'BACKEND',"
                        + " ?, ?::jsonb where not exists (select from price_versions where subject = ?)",
                SLUG,
                "{\"taskFee\": \"" + FEE + "\"}",
                SLUG);
    }
}
