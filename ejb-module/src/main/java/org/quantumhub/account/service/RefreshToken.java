package org.quantumhub.account.service;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.shared.service.Seal;

/// The text of a refresh token: session, person, 256 random bits, and the hub's stamp over them. The stamp tells a
/// token
/// that was used before from one that somebody made up: only the former ends a session.
///
/// @param text whoever has it gets the next access token
record RefreshToken(UUID sessionId, UUID userId, String text) {

    private static final String START = "qr_";
    private static final String PURPOSE = "refresh";
    private static final int BODY = 16 + 16 + 32;
    private static final int STAMP = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static RefreshToken make(UUID sessionId, UUID userId, Seal seal) {
        byte[] proof = new byte[32];
        RANDOM.nextBytes(proof);
        byte[] body = ByteBuffer.allocate(BODY)
                .putLong(sessionId.getMostSignificantBits())
                .putLong(sessionId.getLeastSignificantBits())
                .putLong(userId.getMostSignificantBits())
                .putLong(userId.getLeastSignificantBits())
                .put(proof)
                .array();
        byte[] stamp = seal.stamp(PURPOSE, encoded(body));
        byte[] whole = Arrays.copyOf(body, BODY + STAMP);
        System.arraycopy(stamp, 0, whole, BODY, STAMP);
        return new RefreshToken(sessionId, userId, START + encoded(whole));
    }

    /// Reads a token that somebody shows; empty when the hub did not make it.
    static Optional<RefreshToken> read(String text, Seal seal) {
        if (!text.startsWith(START)) {
            return Optional.empty();
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(text.substring(START.length()));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
        if (whole.length != BODY + STAMP) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(whole, BODY);
        if (!seal.stamped(PURPOSE, encoded(body), Arrays.copyOfRange(whole, BODY, BODY + STAMP))) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(body);
        UUID sessionId = new UUID(buffer.getLong(), buffer.getLong());
        UUID userId = new UUID(buffer.getLong(), buffer.getLong());
        return Optional.of(new RefreshToken(sessionId, userId, START + encoded(whole)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    byte[] hash() {
        return SecretText.sha256(text);
    }

    @Override
    public String toString() {
        return "RefreshToken[" + sessionId + "]"; // never the text
    }
}
