package org.quantumhub.shared;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// The persistence unit `hub` outside a server, on the test database as `hub_app`.
public final class TestEntities {

    private static final class Opened {
        private static final EntityManagerFactory FACTORY = open();
    }

    private TestEntities() {}

    public static EntityManagerFactory factory() {
        return Opened.FACTORY;
    }

    private static EntityManagerFactory open() {
        Map<String, Object> outsideServer = new HashMap<>();
        outsideServer.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        outsideServer.put("jakarta.persistence.jtaDataSource", "");
        outsideServer.put(
                "jakarta.persistence.nonJtaDataSource", TestDatabase.hub().dataSource(Role.APP));
        outsideServer.put("eclipselink.weaving", "false");
        return Persistence.createEntityManagerFactory("hub", outsideServer);
    }

    public static <T extends @Nullable Object> T ask(Tenant tenant, Function<EntityManager, T> work) {
        return ask(tenant.team().toString(), tenant.user(), work);
    }

    /// Does the work in one transaction that acts for these teams and this person.
    public static <T extends @Nullable Object> T ask(
            @Nullable String teams, @Nullable UUID person, Function<EntityManager, T> work) {
        try (EntityManager entities = factory().createEntityManager()) {
            entities.getTransaction().begin();
            try {
                // asking for the connection makes reads go through the transaction's own from here on
                Connection connection = entities.unwrap(Connection.class);
                if (teams != null) {
                    TestDatabase.set(connection, "hub.team", teams);
                }
                if (person != null) {
                    TestDatabase.set(connection, "hub.user", person.toString());
                }
                T answer = work.apply(entities);
                entities.getTransaction().commit();
                return answer;
            } catch (java.sql.SQLException failure) {
                throw new IllegalStateException(failure);
            } finally {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            }
        }
    }

    public static void inTransaction(Tenant tenant, Consumer<EntityManager> work) {
        ask(tenant, entities -> {
            work.accept(entities);
            return true;
        });
    }
}
