package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The hash chain over the ledger, on the connection of the caller's transaction.
///
/// A seal covers a block of transfers of one day and the seal before it; a day's last seal therefore stands for
/// everything
/// up to that day. Written down elsewhere, it proves later that nothing behind it was changed.
@ApplicationScoped
public class LedgerSeals {

    private static final String SEAL = text("seal.sql");
    private static final String ALONE = "select pg_advisory_xact_lock(4711, 1)";
    private static final String SEALS = "select day, number, first_id, last_id, transfers, digests, previous_seal, seal"
            + " from hub.ledger_seals where last_id > ? order by last_id limit 50";
    private static final String BLOCK = "select t.id, hub.transfer_digest(t) from hub.ledger_transfers t"
            + " where t.id > ? and t.id <= ? order by t.id";
    private static final int SHORT = 8;

    /// Something that is not as it was sealed.
    ///
    /// @param transferId the transfer, where one can be named
    public record Fault(LocalDate day, int block, @Nullable Long transferId, String what) {}

    /// What a check of the chain found.
    ///
    /// @param transfers how many transfers were compared
    /// @param seal the last seal in hexadecimal digits; empty before the first
    public record Verification(
            long blocks, long transfers, @Nullable LocalDate lastDay, String seal, List<Fault> faults) {}

    private record Block(
            LocalDate day,
            int number,
            long firstId,
            long lastId,
            int transfers,
            byte[] digests,
            byte[] previous,
            byte[] seal) {}

    /// Seals one more block.
    ///
    /// @param ageSeconds transfers younger than this wait: one with a smaller number may still be under way
    /// @return how many transfers were sealed; 0 when there is nothing to seal
    public int seal(Connection connection, int ageSeconds) throws SQLException {
        try (PreparedStatement alone = connection.prepareStatement(ALONE)) {
            alone.execute();
        }
        try (PreparedStatement statement = connection.prepareStatement(SEAL)) {
            statement.setInt(1, ageSeconds);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    /// Computes the whole chain again and compares.
    public Verification verify(Connection connection) throws SQLException {
        List<Fault> faults = new ArrayList<>();
        byte[] previous = new byte[32];
        long last = 0;
        long blocks = 0;
        long transfers = 0;
        LocalDate day = null;
        for (List<Block> some = blocks(connection, last); !some.isEmpty(); some = blocks(connection, last)) {
            for (Block block : some) {
                transfers += verify(connection, block, last, previous, faults);
                previous = block.seal();
                last = block.lastId();
                day = block.day();
                blocks++;
            }
        }
        return new Verification(
                blocks, transfers, day, blocks == 0 ? "" : HexFormat.of().formatHex(previous), faults);
    }

    /// @param after the last transfer of the block before
    private static long verify(Connection connection, Block block, long after, byte[] previous, List<Fault> faults)
            throws SQLException {
        if (!MessageDigest.isEqual(block.previous(), previous)) {
            faults.add(new Fault(block.day(), block.number(), null, "the seal before this one is another"));
        }
        MessageDigest seal = sha256();
        seal.update(block.previous());
        seal.update(head(block));
        List<Long> ids = new ArrayList<>();
        List<byte[]> digests = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(BLOCK)) {
            statement.setLong(1, after);
            statement.setLong(2, block.lastId());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                    digests.add(rows.getBytes(2));
                    seal.update(rows.getBytes(2));
                }
            }
        }
        if (!MessageDigest.isEqual(seal.digest(), block.seal())) {
            int before = faults.size();
            name(block, ids, digests, faults);
            if (faults.size() == before) {
                faults.add(new Fault(block.day(), block.number(), null, "the seal does not fit its transfers"));
            }
        }
        return ids.size();
    }

    /// The head of a block goes into its seal as text; `seal.sql` writes the same.
    private static byte[] head(Block block) {
        String head = block.day() + "|" + block.number() + "|" + block.firstId() + "|" + block.lastId() + "|"
                + block.transfers() + "|";
        return head.getBytes(StandardCharsets.UTF_8);
    }

    private static void name(Block block, List<Long> ids, List<byte[]> digests, List<Fault> faults) {
        List<String> sealed = new ArrayList<>();
        for (int i = 0; i < block.transfers(); i++) {
            sealed.add(HexFormat.of().formatHex(block.digests(), i * SHORT, (i + 1) * SHORT));
        }
        List<String> missing = new ArrayList<>(sealed);
        List<Long> strangers = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!missing.remove(HexFormat.of().formatHex(digests.get(i), 0, SHORT))) {
                strangers.add(ids.get(i));
            }
        }
        String what = ids.size() > block.transfers() ? "changed, or added after the sealing" : "changed";
        strangers.forEach(id -> faults.add(new Fault(block.day(), block.number(), id, what)));
        int gone = block.transfers() - ids.size();
        if (gone > 0) {
            faults.add(new Fault(block.day(), block.number(), null, gone + " removed"));
        }
    }

    private static List<Block> blocks(Connection connection, long after) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SEALS)) {
            statement.setLong(1, after);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    blocks.add(new Block(
                            rows.getObject(1, LocalDate.class),
                            rows.getInt(2),
                            rows.getLong(3),
                            rows.getLong(4),
                            rows.getInt(5),
                            rows.getBytes(6),
                            rows.getBytes(7),
                            rows.getBytes(8)));
                }
            }
        }
        return blocks;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(String file) {
        try (InputStream text = LedgerSeals.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(text, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
