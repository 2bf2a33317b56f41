package org.quantumhub.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;

/// The mark that a build leaves on the newest change set once the schema is as the build wants it: Liquibase's tag of
/// that row, with the digest of the archive that holds the change sets. Change sets are undone from the newest on, so
/// whatever is undone takes the mark with it; another build, even of the same change sets, has another digest, and
/// looks for itself.
final class SchemaStamp {

    private static final String IS_ON = "select 1 from " + DatabaseRoles.SCHEMA + ".databasechangelog where tag = ?";

    private SchemaStamp() {}

    /// @return empty when the changelog lies in a folder, where a file may change at any time
    static Optional<String> ofArchive(String changelog) {
        URL place = Thread.currentThread().getContextClassLoader().getResource(changelog);
        if (place == null || !place.getProtocol().equals("jar")) {
            return Optional.empty();
        }
        try {
            JarURLConnection inside = (JarURLConnection) place.openConnection();
            return Optional.of("build-" + digest(Path.of(inside.getJarFileURL().toURI())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(bytes, sha).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Whether a database has this mark. Where the question fails, Liquibase is to look, and to say what is wrong.
    static boolean isOn(DatabaseAddress address, DatabaseRoles roles, String stamp) {
        try (Connection connection = address.connect(DatabaseRoles.OWNER, roles.password(DatabaseRoles.OWNER));
                PreparedStatement question = connection.prepareStatement(IS_ON)) {
            question.setString(1, stamp);
            try (ResultSet answer = question.executeQuery()) {
                return answer.next();
            }
        } catch (SQLException untold) {
            return false;
        }
    }
}
