package org.quantumhub.account;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// So many requests in so long a time, written like `10/m`.
///
/// @param count at least one
/// @param period a second, minute, hour, day, or month of thirty days
public record RateLimit(long count, Duration period) {

    private static final Pattern GRAMMAR = Pattern.compile("([1-9][0-9]{0,8})/(s|m|h|d|month)");

    /// @return empty when the text is not of the form `<number>/<s|m|h|d|month>`
    public static Optional<RateLimit> read(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        return matcher.matches()
                ? Optional.of(new RateLimit(Long.parseLong(matcher.group(1)), period(matcher.group(2))))
                : Optional.empty();
    }

    private static Duration period(String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(30);
        };
    }
}
