package org.quantumhub.team.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What lets somebody in: the token of an invitation (64 hexadecimal digits, 256 bits), or a code of the form
/// `QH-XXXX-XXXX-XXXX-XXXX` (80 bits, without characters that look alike). The database knows their SHA-256.
record InvitationToken(String text) {

    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern CODE = Pattern.compile("QH(-[0-9A-HJKMNP-TV-Z]{4}){4}");
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();

    static InvitationToken generate() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new InvitationToken(HexFormat.of().formatHex(bytes));
    }

    static InvitationToken generateCode() {
        StringBuilder code = new StringBuilder("QH");
        for (int i = 0; i < 16; i++) {
            code.append(i % 4 == 0 ? "-" : "").append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new InvitationToken(code.toString());
    }

    /// Reads what somebody shows as the token of an invitation; empty when it cannot be one.
    static Optional<InvitationToken> read(String text) {
        return read(text.strip().toLowerCase(Locale.ROOT), TOKEN);
    }

    static Optional<InvitationToken> readCode(String text) {
        return read(text.strip().toUpperCase(Locale.ROOT), CODE);
    }

    private static Optional<InvitationToken> read(String text, Pattern form) {
        return form.matcher(text).matches() ? Optional.of(new InvitationToken(text)) : Optional.empty();
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The part that is stored and shown in lists.
    String hint() {
        return text.substring(0, 7) + "…";
    }

    @Override
    public String toString() {
        return "InvitationToken[…]";
    }
}
