package org.quantumhub.aws;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Checks a request as AWS does: Signature Version 4, computed anew from what arrived.
record AwsSignature(String accessKey, String secretKey, String service) {

    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request,"
                    + " SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration SKEW = Duration.ofMinutes(5);

    /// Who signed for where, or the error that AWS would answer with.
    record Verdict(String region, @Nullable String error) {}

    Verdict check(HttpExchange exchange, byte[] body) {
        Matcher given = AUTHORIZATION.matcher(header(exchange, "Authorization"));
        if (!given.matches()) {
            return new Verdict("", "MissingAuthenticationTokenException");
        }
        String date = header(exchange, "X-Amz-Date");
        List<String> signed = List.of(given.group(5).split(";"));
        String region = given.group(3);
        if (!given.group(1).equals(accessKey)) {
            return new Verdict(region, "UnrecognizedClientException");
        }
        if (!date.startsWith(given.group(2))
                || !given.group(4).equals(service)
                || !signed.containsAll(Set.of("host", "x-amz-date", "x-amz-target"))
                || Duration.between(TIME.parse(date, Instant::from), Instant.now())
                                .abs()
                                .compareTo(SKEW)
                        > 0) {
            return new Verdict(region, "InvalidSignatureException");
        }
        List<String> lines = new ArrayList<>(
                List.of(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), ""));
        for (String name : signed) {
            lines.add(name + ":" + header(exchange, name).strip());
        }
        lines.addAll(List.of("", given.group(5), hash(body)));
        String scope = String.join("/", given.group(2), region, service, "aws4_request");
        String text = String.join("\n", "AWS4-HMAC-SHA256", date, scope, hash(bytes(String.join("\n", lines))));
        byte[] key = bytes("AWS4" + secretKey);
        for (String part : List.of(given.group(2), region, service, "aws4_request", text)) {
            key = mac(key, part);
        }
        return new Verdict(
                region, HexFormat.of().formatHex(key).equals(given.group(6)) ? null : "InvalidSignatureException");
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
