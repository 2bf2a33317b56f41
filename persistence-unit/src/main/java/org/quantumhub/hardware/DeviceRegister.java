package org.quantumhub.hardware;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.PriceComponents;
import org.quantumhub.shared.Ids;

/// Writes into the catalogue what providers tell of their devices.
@ApplicationScoped
public class DeviceRegister {

    private static final String LEARN = """
            update hub.backends b
               set status = case when b.status = 'RETIRED' then b.status else ? end,
                   retired_at = case when b.status <> 'RETIRED' and ? = 'RETIRED' then now() else b.retired_at end,
                   qubit_count = coalesce(?, b.qubit_count), max_qubits = coalesce(?, b.max_qubits),
                   min_shots = coalesce(?, b.min_shots), max_shots = coalesce(?, b.max_shots),
                   availability_windows = coalesce(?::jsonb, b.availability_windows),
                   connectivity_map = coalesce(?::jsonb, b.connectivity_map),
                   gate_set = coalesce(?::text[], b.gate_set),
                   queue_depth = coalesce(?, b.queue_depth),
                   poll_interval_millis = coalesce(?, b.poll_interval_millis),
                   capabilities = coalesce(?::jsonb, b.capabilities),
                   learned_at = now(), updated_at = now(), version = b.version + 1
             where b.device_arn = ?
            """;

    private static final String ADD = """
            insert into hub.backends (id, slug, name, provider_id, device_type, technology_type, device_arn, provider_target_id,
                                      region, qubit_count, max_qubits, max_shots, status, tags, display_order, lane, paradigm, is_available)
            select ?, ?, ?, p.id, ?, ?, ?, ?, ?, ?, ?, ?, 'OFFLINE', '{learned}', 500, 'PROVIDER', ?, true
              from hub.providers p
             where p.slug = ?
            on conflict do nothing
            """;

    private static final String CALIBRATE = """
            insert into hub.backend_calibrations (id, backend_id, valid_from, document, digest)
            select ?, b.id, now(), ?::jsonb, ?
              from hub.backends b
             where b.device_arn = ?
               and not exists (select from hub.backend_calibrations c
                                where c.backend_id = b.id and c.digest = ?
                                  and c.valid_from = (select max(l.valid_from) from hub.backend_calibrations l where l.backend_id = b.id))
            on conflict do nothing
            """;

    /// What was measured of a device is true of its emulator too. Figures that the provider does not tell, such as how
    /// long a gate takes, stay as they were.
    private static final String CALIBRATE_EMULATORS = """
            insert into hub.backend_calibrations (id, backend_id, valid_from, document, digest)
            select ?, n.id, now(), n.document, encode(sha256(convert_to(n.document::text, 'UTF8')), 'hex')
              from (select e.id, coalesce(c.document, '{}') as before, coalesce(c.document, '{}') || ?::jsonb as document
                      from hub.backends e
                      join hub.backends b on b.slug = e.emulates
                      left join lateral (select l.document from hub.backend_calibrations l where l.backend_id = e.id
                                          order by l.valid_from desc limit 1) c on true
                     where b.device_arn = ?) n
             where n.document <> n.before
            on conflict do nothing
            """;

    private static final String PRICED = "update hub.backends set learned_price = ?::jsonb, updated_at = now(),"
            + " version = version + 1 where slug = ?";

    private static final String LAST_PRICE = "select slug, learned_price::text from hub.backends where device_arn = ?";

    private static final String REFRESHED =
            "update hub.providers set refreshed_at = now(), refresh_error = ?, updated_at = now(),"
                    + " version = version + 1 where slug = ?";

    private static final PriceComponents.JsonText PRICE = new PriceComponents.JsonText();

    /// What a provider tells of a device. What is null is not known and stays as it was.
    ///
    /// @param deviceArn by which the backend is found
    /// @param windows JSON list of windows, see [Availability]
    /// @param connectivityMap JSON list of pairs
    /// @param gateSet literal of a `text[]`
    /// @param capabilities the provider's own document
    /// @param calibration the figures of [BackendCalibration]
    /// @param price what the provider asks for, in US dollars
    public record Learned(
            String deviceArn,
            String name,
            String targetId,
            @Nullable String region,
            DeviceType deviceType,
            Technology technology,
            Paradigm paradigm,
            BackendStatus status,
            @Nullable Integer qubits,
            @Nullable Integer minShots,
            @Nullable Integer maxShots,
            @Nullable String windows,
            @Nullable String connectivityMap,
            @Nullable String gateSet,
            @Nullable Integer queueDepth,
            @Nullable Integer pollIntervalMillis,
            @Nullable String capabilities,
            @Nullable String calibration,
            @Nullable PriceComponents price) {}

    /// A backend, and what its provider asked for when that was learned last.
    public record Priced(String slug, @Nullable PriceComponents last) {}

    /// @return empty when the device is not in the catalogue
    public Optional<Priced> lastPrice(Connection connection, String deviceArn) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST_PRICE)) {
            statement.setString(1, deviceArn);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Priced(row.getString(1), PRICE.convertToEntityAttribute(row.getString(2))))
                        : Optional.empty();
            }
        }
    }

    /// Remembers what a provider asks for, so that its next change is told from one of our own.
    public void priced(Connection connection, String slug, PriceComponents price) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PRICED)) {
            bind(statement, PRICE.convertToDatabaseColumn(price), slug);
            statement.executeUpdate();
        }
    }

    /// Takes over what is known of a device; one that was not in the catalogue is added and stays OFFLINE in effect
    /// until
    /// it has a price.
    ///
    /// @param slug what to call a new one
    /// @return whether it is new
    public boolean learn(Connection connection, String provider, String slug, Learned device) throws SQLException {
        boolean added = false;
        if (update(connection, device) == 0) {
            try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                bind(
                        statement,
                        Ids.next(),
                        slug,
                        device.name(),
                        device.deviceType().name(),
                        device.technology().name(),
                        device.deviceArn(),
                        device.targetId(),
                        device.region(),
                        device.qubits() == null ? 1 : device.qubits(),
                        device.qubits() == null ? 1 : device.qubits(),
                        device.maxShots() == null ? 1000 : device.maxShots(),
                        device.paradigm().name(),
                        provider);
                added = statement.executeUpdate() == 1;
            }
            update(connection, device);
        }
        if (device.calibration() != null) {
            String digest = digest(device.calibration());
            try (PreparedStatement statement = connection.prepareStatement(CALIBRATE)) {
                bind(statement, Ids.next(), device.calibration(), digest, device.deviceArn(), digest);
                statement.executeUpdate();
            }
            try (PreparedStatement statement = connection.prepareStatement(CALIBRATE_EMULATORS)) {
                bind(statement, Ids.next(), device.calibration(), device.deviceArn());
                statement.executeUpdate();
            }
        }
        return added;
    }

    private static int update(Connection connection, Learned device) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEARN)) {
            bind(
                    statement,
                    device.status().name(),
                    device.status().name(),
                    device.qubits(),
                    device.qubits(),
                    device.minShots(),
                    device.maxShots(),
                    device.windows(),
                    device.connectivityMap(),
                    device.gateSet(),
                    device.queueDepth(),
                    device.pollIntervalMillis(),
                    device.capabilities(),
                    device.deviceArn());
            return statement.executeUpdate();
        }
    }

    /// Notes that a provider's catalogue was read.
    ///
    /// @param error why that failed, or null
    public void refreshed(Connection connection, String provider, @Nullable String error) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REFRESHED)) {
            bind(statement, error, provider);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                statement.setNull(i + 1, java.sql.Types.OTHER);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }

    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
