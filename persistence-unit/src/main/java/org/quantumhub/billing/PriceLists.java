package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Ids;

/// Writes price lists, on the connection of the caller's transaction. A version is never changed: the next one ends it.
@ApplicationScoped
public class PriceLists {

    /// Every server knows a price for two seconds at most; a version that is announced earlier than that begins on all
    /// of
    /// them at the same moment.
    public static final int NOTICE_SECONDS = 5;

    private static final String START = "select coalesce(?::timestamptz, now() + make_interval(secs => ?)),"
            + " coalesce(?::timestamptz, 'infinity') >= now() + make_interval(secs => ?)";
    private static final String OPEN = "select valid_from from hub.price_versions where subject_kind = 'BACKEND'"
            + " and subject = ? and plan = 'STANDARD' and currency = ? and valid_to is null for update";
    private static final String END = "update hub.price_versions set valid_to = ? where subject_kind = 'BACKEND'"
            + " and subject = ? and plan = 'STANDARD' and currency = ? and valid_to is null";
    private static final String ADD =
            "insert into hub.price_versions (id, subject_kind, subject, plan, components, currency, valid_from)"
                    + " values (?, 'BACKEND', ?, 'STANDARD', ?::jsonb, ?, ?)";

    /// What came of the wish for a new version.
    public sealed interface Added {

        record Version(UUID id) implements Added {}

        /// It would begin too soon for all servers to know.
        record TooSoon() implements Added {}

        /// There is a version that begins at the same time or later.
        record NotTheLast(Instant begins) implements Added {}
    }

    /// Adds a version that follows the last one of this backend and currency.
    ///
    /// @param from when it begins; as soon as possible, if null
    public Added add(
            Connection connection, String backend, PriceComponents components, String currency, @Nullable Instant from)
            throws SQLException {
        Optional<OffsetDateTime> start = start(connection, from);
        if (start.isEmpty()) {
            return new Added.TooSoon();
        }
        Optional<OffsetDateTime> open = open(connection, backend, currency);
        if (open.isPresent()) {
            if (!open.get().isBefore(start.get())) {
                return new Added.NotTheLast(open.get().toInstant());
            }
            end(connection, start.get(), backend, currency);
        }
        UUID id = Ids.next();
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, id);
            statement.setString(2, backend);
            statement.setString(
                    3,
                    Objects.requireNonNull(new PriceComponents.JsonText().convertToDatabaseColumn(components))
                            .toString());
            statement.setString(4, currency);
            statement.setObject(5, start.get());
            statement.executeUpdate();
        }
        return new Added.Version(id);
    }

    private static Optional<OffsetDateTime> start(Connection connection, @Nullable Instant from) throws SQLException {
        OffsetDateTime wanted = from == null ? null : from.atOffset(ZoneOffset.UTC);
        try (PreparedStatement statement = connection.prepareStatement(START)) {
            statement.setObject(1, wanted);
            statement.setInt(2, NOTICE_SECONDS);
            statement.setObject(3, wanted);
            statement.setInt(4, NOTICE_SECONDS);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(2) ? Optional.of(row.getObject(1, OffsetDateTime.class)) : Optional.empty();
            }
        }
    }

    private static Optional<OffsetDateTime> open(Connection connection, String backend, String currency)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setString(1, backend);
            statement.setString(2, currency);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, OffsetDateTime.class)) : Optional.empty();
            }
        }
    }

    private static void end(Connection connection, OffsetDateTime at, String backend, String currency)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            statement.setObject(1, at);
            statement.setString(2, backend);
            statement.setString(3, currency);
            statement.executeUpdate();
        }
    }
}
