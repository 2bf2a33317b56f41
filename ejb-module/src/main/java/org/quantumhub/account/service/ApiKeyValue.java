package org.quantumhub.account.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/// The text of an API key: `qh_`, twelve characters that find it, `_`, forty-three that prove it (256 bits), and six of
/// checksum, so that scanners of leaked secrets and typing errors are told without a look into the database.
///
/// @param text the whole key; whoever has it is let in
record ApiKeyValue(String text) {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String START = "qh_";
    private static final int NAME = 12;
    private static final int PROOF = 43;
    private static final int CHECK = 6;
    private static final int LENGTH = START.length() + NAME + 1 + PROOF + CHECK;
    private static final SecureRandom RANDOM = new SecureRandom();

    static ApiKeyValue generate() {
        String body = START + random(NAME) + "_" + random(PROOF);
        return new ApiKeyValue(body + checksum(body));
    }

    /// Reads a key that somebody shows; empty when it cannot be one of ours.
    static Optional<ApiKeyValue> read(String text) {
        if (text.length() != LENGTH || !text.startsWith(START) || text.charAt(START.length() + NAME) != '_') {
            return Optional.empty();
        }
        String body = text.substring(0, LENGTH - CHECK);
        return text.endsWith(checksum(body)) ? Optional.of(new ApiKeyValue(text)) : Optional.empty();
    }

    /// The part that is stored and shown in lists.
    String prefix() {
        return text.substring(0, START.length() + NAME);
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        long rest = crc.getValue();
        char[] digits = new char[CHECK];
        for (int i = CHECK - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }

    @Override
    public String toString() {
        return prefix() + "…";
    }
}
