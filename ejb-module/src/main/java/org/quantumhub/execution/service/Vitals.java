package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Set;
import org.quantumhub.shared.Changelog;
import org.quantumhub.shared.service.Database;

/// What the health checks ask, each with a transaction of its own.
@ApplicationScoped
public class Vitals {

    @Inject
    Database database;

    private final Changelog changelog = Changelog.read();

    /// Whether the database answers requests.
    @Transactional(TxType.REQUIRES_NEW)
    public boolean databaseAnswers() {
        return database.asRequest(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select 1");
                    ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    /// Change sets of this version that the database lacks.
    @Transactional(TxType.REQUIRES_NEW)
    public Set<String> missingChangeSets() {
        return database.asRequest(changelog::missingIn);
    }

    /// Whether the batch runtime keeps its executions in the database: with no store configured it would keep them in
    /// memory and say nothing.
    @Transactional(TxType.REQUIRES_NEW)
    public boolean batchStoreIsDatabase() {
        return database.asBackground(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select exists (select from batch.jb_jobinstance where jobname = ?)")) {
                statement.setString(1, Lanes.BATCH_JOB);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }
}
