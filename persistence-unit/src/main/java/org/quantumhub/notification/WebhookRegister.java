package org.quantumhub.notification;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Endpoints and deliveries in the database.
@ApplicationScoped
public class WebhookRegister {

    private static final String ENDPOINT =
            "select id, team_id, url, description, event_types, is_active, disabled_reason, signing_slot, earlier_until,"
                    + " created_at, updated_at from hub.webhook_endpoints";
    private static final String DELIVERY =
            "select id, team_id, endpoint_id, event_type, payload::text, status, attempts, next_attempt_at, last_status,"
                    + " last_error, created_at, delivered_at from hub.webhook_deliveries";

    public long count(Connection connection, UUID teamId) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select count(*) from hub.webhook_endpoints where team_id = ?")) {
            statement.setObject(1, teamId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    public void add(Connection connection, WebhookEndpoint endpoint, UUID person) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into hub.webhook_endpoints"
                + " (id, team_id, url, description, event_types, created_by) values (?, ?, ?, ?, ?, ?)")) {
            statement.setObject(1, endpoint.id());
            statement.setObject(2, endpoint.teamId());
            statement.setString(3, endpoint.url());
            statement.setString(4, endpoint.description());
            statement.setArray(
                    5, connection.createArrayOf("text", endpoint.eventTypes().toArray()));
            statement.setObject(6, person);
            statement.executeUpdate();
        }
    }

    public void change(Connection connection, WebhookEndpoint endpoint) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.webhook_endpoints"
                + " set url = ?, description = ?, event_types = ?, is_active = ?, disabled_reason = ?, signing_slot = ?,"
                + " earlier_until = ?, updated_at = now(), version = version + 1 where team_id = ? and id = ?")) {
            statement.setString(1, endpoint.url());
            statement.setString(2, endpoint.description());
            statement.setArray(
                    3, connection.createArrayOf("text", endpoint.eventTypes().toArray()));
            statement.setBoolean(4, endpoint.active());
            statement.setString(5, endpoint.disabledReason());
            statement.setInt(6, endpoint.slot());
            Instant earlier = endpoint.earlierUntil();
            statement.setObject(7, earlier == null ? null : earlier.atOffset(ZoneOffset.UTC));
            statement.setObject(8, endpoint.teamId());
            statement.setObject(9, endpoint.id());
            statement.executeUpdate();
        }
    }

    public void remove(Connection connection, UUID teamId, UUID id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from hub.webhook_endpoints where team_id = ? and id = ?")) {
            statement.setObject(1, teamId);
            statement.setObject(2, id);
            statement.executeUpdate();
        }
    }

    /// In the order of their ids, one more than asked for when there are more.
    public List<WebhookEndpoint> endpoints(Connection connection, UUID teamId, @Nullable UUID after, int atMost)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                ENDPOINT + " where team_id = ? and (?::uuid is null or id > ?::uuid) order by id limit ?")) {
            statement.setObject(1, teamId);
            statement.setObject(2, after);
            statement.setObject(3, after);
            statement.setInt(4, atMost + 1);
            return endpoints(statement);
        }
    }

    public Optional<WebhookEndpoint> endpoint(Connection connection, UUID teamId, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENDPOINT + " where team_id = ? and id = ?")) {
            statement.setObject(1, teamId);
            statement.setObject(2, id);
            return endpoints(statement).stream().findFirst();
        }
    }

    /// Queues an event for one endpoint.
    public void queue(Connection connection, UUID id, WebhookEndpoint endpoint, String type, String key, String payload)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into hub.webhook_deliveries"
                + " (id, team_id, endpoint_id, event_type, event_key, payload) values (?, ?, ?, ?, ?, ?::jsonb)")) {
            statement.setObject(1, id);
            statement.setObject(2, endpoint.teamId());
            statement.setObject(3, endpoint.id());
            statement.setString(4, type);
            statement.setString(5, key);
            statement.setString(6, payload);
            statement.executeUpdate();
        }
    }

    /// To be sent again from the beginning, under the same id.
    public void replay(Connection connection, UUID teamId, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.webhook_deliveries"
                + " set status = 'PENDING', attempts = 0, next_attempt_at = now(), delivered_at = null"
                + " where team_id = ? and id = ?")) {
            statement.setObject(1, teamId);
            statement.setObject(2, id);
            statement.executeUpdate();
        }
    }

    /// Newest first, one more than asked for when there are more.
    public List<WebhookDelivery> deliveries(
            Connection connection, UUID teamId, UUID endpointId, @Nullable UUID before, int atMost)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                DELIVERY
                        + " where team_id = ? and endpoint_id = ? and (?::uuid is null or id < ?::uuid) order by id desc limit ?")) {
            statement.setObject(1, teamId);
            statement.setObject(2, endpointId);
            statement.setObject(3, before);
            statement.setObject(4, before);
            statement.setInt(5, atMost + 1);
            return deliveries(statement);
        }
    }

    public Optional<WebhookDelivery> delivery(Connection connection, UUID teamId, UUID endpointId, UUID id)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(DELIVERY + " where team_id = ? and endpoint_id = ? and id = ?")) {
            statement.setObject(1, teamId);
            statement.setObject(2, endpointId);
            statement.setObject(3, id);
            return deliveries(statement).stream().findFirst();
        }
    }

    public List<WebhookAttempt> attempts(Connection connection, UUID teamId, UUID deliveryId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select status, error, millis, created_at"
                + " from hub.webhook_attempts where team_id = ? and delivery_id = ? order by id desc limit 100")) {
            statement.setObject(1, teamId);
            statement.setObject(2, deliveryId);
            List<WebhookAttempt> attempts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    attempts.add(new WebhookAttempt(
                            number(rows, 1),
                            rows.getString(2),
                            rows.getInt(3),
                            rows.getObject(4, OffsetDateTime.class).toInstant()));
                }
            }
            return attempts;
        }
    }

    /// A delivery that is due, with where it goes.
    public record Due(WebhookDelivery delivery, WebhookEndpoint endpoint) {}

    /// Takes what is due, one for each endpoint, those that never failed first, so that a receiver that does not answer
    /// keeps no other waiting; nobody else gets it for a minute.
    public List<Due> due(Connection connection, int atMost) throws SQLException {
        List<WebhookDelivery> taken;
        try (PreparedStatement statement = connection.prepareStatement("""
                update hub.webhook_deliveries d set next_attempt_at = now() + interval '1 minute'
                 where d.id in (select q.id from hub.webhook_deliveries q
                                  join hub.webhook_endpoints w on w.id = q.endpoint_id and w.is_active
                                 where q.status = 'PENDING' and q.next_attempt_at <= now()
                                   and not exists (select from hub.webhook_deliveries e
                                                    where e.team_id = q.team_id and e.endpoint_id = q.endpoint_id
                                                      and e.status = 'PENDING' and e.id < q.id and e.next_attempt_at <= now())
                                 order by q.attempts, q.next_attempt_at limit ? for no key update of q skip locked)
                returning d.id, d.team_id, d.endpoint_id, d.event_type, d.payload::text, d.status, d.attempts,
                          d.next_attempt_at, d.last_status, d.last_error, d.created_at, d.delivered_at
                """)) {
            statement.setInt(1, atMost);
            taken = deliveries(statement);
        }
        List<Due> due = new ArrayList<>();
        for (WebhookDelivery delivery : taken) {
            endpoint(connection, delivery.teamId(), delivery.endpointId())
                    .ifPresent(endpoint -> due.add(new Due(delivery, endpoint)));
        }
        return due;
    }

    /// Notes an attempt and what follows from it.
    ///
    /// @param again when to try again; null when this was the last attempt
    public void note(
            Connection connection,
            WebhookDelivery delivery,
            WebhookAttempt attempt,
            boolean delivered,
            @Nullable Duration again)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into hub.webhook_attempts (team_id, delivery_id, status, error, millis) values (?, ?, ?, ?, ?)")) {
            statement.setObject(1, delivery.teamId());
            statement.setObject(2, delivery.id());
            statement.setObject(3, attempt.status());
            statement.setString(4, attempt.error());
            statement.setInt(5, attempt.millis());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement("update hub.webhook_deliveries"
                + " set status = ?, attempts = attempts + 1, last_status = ?, last_error = ?,"
                + " next_attempt_at = now() + make_interval(secs => ?), delivered_at = case when ? then now() end"
                + " where team_id = ? and id = ?")) {
            DeliveryStatus status = delivered
                    ? DeliveryStatus.DELIVERED
                    : again == null ? DeliveryStatus.FAILED : DeliveryStatus.PENDING;
            statement.setString(1, status.name());
            statement.setObject(2, attempt.status());
            statement.setString(3, attempt.error());
            statement.setDouble(4, again == null ? 0 : again.toMillis() / 1000.0);
            statement.setBoolean(5, delivered);
            statement.setObject(6, delivery.teamId());
            statement.setObject(7, delivery.id());
            statement.executeUpdate();
        }
    }

    /// The receiver wants to hear nothing more.
    public void disable(Connection connection, WebhookEndpoint endpoint, String reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.webhook_endpoints"
                + " set is_active = false, disabled_reason = ?, updated_at = now() where team_id = ? and id = ?")) {
            statement.setString(1, reason);
            statement.setObject(2, endpoint.teamId());
            statement.setObject(3, endpoint.id());
            statement.executeUpdate();
        }
    }

    private static List<WebhookEndpoint> endpoints(PreparedStatement statement) throws SQLException {
        List<WebhookEndpoint> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new WebhookEndpoint(
                        rows.getObject(1, UUID.class),
                        rows.getObject(2, UUID.class),
                        rows.getString(3),
                        rows.getString(4),
                        List.of((String[]) rows.getArray(5).getArray()),
                        rows.getBoolean(6),
                        rows.getString(7),
                        rows.getInt(8),
                        time(rows, 9),
                        rows.getObject(10, OffsetDateTime.class).toInstant(),
                        rows.getObject(11, OffsetDateTime.class).toInstant()));
            }
        }
        return found;
    }

    private static List<WebhookDelivery> deliveries(PreparedStatement statement) throws SQLException {
        List<WebhookDelivery> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new WebhookDelivery(
                        rows.getObject(1, UUID.class),
                        rows.getObject(2, UUID.class),
                        rows.getObject(3, UUID.class),
                        rows.getString(4),
                        rows.getString(5),
                        DeliveryStatus.valueOf(rows.getString(6)),
                        rows.getInt(7),
                        rows.getObject(8, OffsetDateTime.class).toInstant(),
                        number(rows, 9),
                        rows.getString(10),
                        rows.getObject(11, OffsetDateTime.class).toInstant(),
                        time(rows, 12)));
            }
        }
        return found;
    }

    private static @Nullable Integer number(ResultSet row, int column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? null : number;
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
