package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.quantumhub.shared.service.Database;

/// Notes when keys were last used: gathered in memory, written by the [AccountTimer], so that no request pays for it.
@ApplicationScoped
public class ApiKeyUse {

    @Inject
    Database database;

    private final Set<UUID> used = ConcurrentHashMap.newKeySet();

    void note(UUID keyId) {
        used.add(keyId);
    }

    @Transactional
    void write() {
        Set<UUID> keys = Set.copyOf(used);
        if (keys.isEmpty()) {
            return;
        }
        used.removeAll(keys);
        database.asBackground(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "update hub.user_api_keys set last_used_at = now() where id = any (?)")) {
                statement.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
                return statement.executeUpdate();
            }
        });
    }
}
