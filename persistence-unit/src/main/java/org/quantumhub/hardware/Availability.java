package org.quantumhub.hardware;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// When a device works: windows of the week, all times in UTC. Without any window it works always.
///
/// @param windows may overlap; one whose end lies before its beginning ends on the next day
public record Availability(List<Window> windows) {

    /// Further ahead no opening can be, because windows repeat every week.
    private static final int DAYS_AHEAD = 8;

    /// A window of one day or several.
    ///
    /// @param day EVERYDAY, WEEKDAYS, WEEKEND or the English name of a day
    /// @param from first moment
    /// @param to last second, inclusive
    public record Window(String day, LocalTime from, LocalTime to) {

        boolean opensOn(DayOfWeek date) {
            return switch (day) {
                case "EVERYDAY" -> true;
                case "WEEKDAYS" -> date.getValue() <= 5;
                case "WEEKEND" -> date.getValue() >= 6;
                default -> date.name().equals(day);
            };
        }

        Instant opening(LocalDate date) {
            return date.atTime(from).toInstant(ZoneOffset.UTC);
        }

        Instant closing(LocalDate date) {
            LocalDate last = to.isBefore(from) ? date.plusDays(1) : date;
            return last.atTime(to).toInstant(ZoneOffset.UTC).plus(Duration.ofSeconds(1));
        }
    }

    public Availability {
        windows = List.copyOf(windows);
    }

    /// Reads the column: a list of `{"day", "from", "to"}`.
    ///
    /// @throws RuntimeException when the text is not that
    public static Availability of(String json) {
        List<Window> windows = new ArrayList<>();
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            for (JsonObject window : reader.readArray().getValuesAs(JsonObject.class)) {
                windows.add(new Window(
                        window.getString("day").toUpperCase(Locale.ROOT),
                        LocalTime.parse(window.getString("from")),
                        LocalTime.parse(window.getString("to"))));
            }
        }
        return new Availability(windows);
    }

    public boolean isOpen(Instant now) {
        return nextOpening(now).filter(opening -> !opening.isAfter(now)).isPresent();
    }

    /// The given moment if it is open then, else when it opens next; empty when no window ever opens.
    public Optional<Instant> nextOpening(Instant now) {
        if (windows.isEmpty()) {
            return Optional.of(now);
        }
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        Instant earliest = null;
        for (int day = -1; day <= DAYS_AHEAD; day++) {
            LocalDate date = today.plusDays(day);
            for (Window window : windows) {
                if (window.opensOn(date.getDayOfWeek()) && window.closing(date).isAfter(now)) {
                    Instant opening = window.opening(date);
                    if (!opening.isAfter(now)) {
                        return Optional.of(now);
                    }
                    if (earliest == null || opening.isBefore(earliest)) {
                        earliest = opening;
                    }
                }
            }
        }
        return Optional.ofNullable(earliest);
    }
}
