package org.quantumhub.execution.service;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Where Redis is, and who enters it.
///
/// @param user empty for Redis' own, `default`
/// @param authority a file of certificates in PEM that may have signed Redis' own; empty for those that Java trusts
/// @param prefix what every key begins with, so that several may share one Redis
/// @param timeout how long one answer may take
record RedisPlace(
        String host,
        int port,
        int database,
        boolean tls,
        Optional<String> user,
        Optional<String> password,
        Optional<Path> authority,
        String prefix,
        Duration timeout) {

    private static final int USUAL_PORT = 6379;

    /// Reads `redis://user:password@host:port/database`, or `rediss://` for TLS; all but the host may be missing.
    ///
    /// @throws IllegalArgumentException that says what is wrong and never repeats the URL, which may hold a password
    static RedisPlace of(String url, String prefix, Duration timeout) {
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException unreadable) {
            throw wrong();
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("redis") || scheme.equals("rediss"))) {
            throw wrong();
        }
        String[] who = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
        return new RedisPlace(
                uri.getHost(),
                uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                database(uri.getPath()),
                scheme.equals("rediss"),
                given(who[0]),
                who.length > 1 ? given(who[1]) : Optional.empty(),
                Optional.empty(),
                prefix,
                timeout);
    }

    private static Optional<String> given(String encoded) {
        return encoded.isEmpty()
                ? Optional.empty()
                // a plus is a plus here, and not a blank
                : Optional.of(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    private static int database(String path) {
        if (path == null || path.length() < 2) {
            return 0;
        }
        try {
            int database = Integer.parseInt(path.substring(1));
            if (database >= 0) {
                return database;
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw wrong();
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("hub.redis.url must look like redis://host:6379/0, with rediss for TLS");
    }

    /// The same for somebody who is named apart from the URL.
    RedisPlace as(Optional<String> otherUser, Optional<String> otherPassword) {
        return new RedisPlace(
                host,
                port,
                database,
                tls,
                otherUser.or(() -> user),
                otherPassword.or(() -> password),
                authority,
                prefix,
                timeout);
    }

    /// The same where these certificates are trusted, and no others.
    RedisPlace trusting(Optional<Path> certificates) {
        return new RedisPlace(host, port, database, tls, user, password, certificates, prefix, timeout);
    }

    /// Without what is nobody's business.
    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port + "/" + database;
    }
}
