package org.quantumhub.billing.rest;

import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Door;

/// How money, times and teams are read and written at this door.
final class Amounts {

    /// For `@Pattern`: an amount of 0 or more with at most eight decimals.
    static final String PATTERN = "[0-9]{1,10}(\\.[0-9]{1,8})?";

    private Amounts() {}

    static BigDecimal read(String text) {
        return new BigDecimal(text);
    }

    /// @throws HubException `INVALID_FIELD` when it is nothing
    static BigDecimal positive(String field, String text) {
        BigDecimal amount = new BigDecimal(text);
        if (amount.signum() <= 0) {
            throw new HubException(ProblemCode.INVALID_FIELD, field + " must be more than nothing.")
                    .with("field", field);
        }
        return amount;
    }

    static String plain(Money money) {
        return money.amount().toPlainString();
    }

    /// Whom a reading request acts for: the caller's team, or any other for those who look after everybody's money.
    ///
    /// @throws HubException `NOT_FOUND` for teams that are not the caller's business
    static Caller reader(SecurityContext security, @Nullable UUID teamId) {
        Caller caller = Door.caller(security);
        if (teamId == null || teamId.equals(caller.teamId())) {
            return caller;
        }
        if (!caller.has(Roles.ADMIN) && !caller.has(Roles.BILLING_MANAGER) && !caller.has(Roles.AUDITOR)) {
            throw new HubException(ProblemCode.NOT_FOUND, "There is no such team.");
        }
        return new Caller(caller.userId(), teamId, caller.roles(), "MEMBER", true);
    }

    static @Nullable Instant time(String parameter, @Nullable String text) {
        try {
            if (text == null || text.isEmpty()) {
                return null;
            }
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(
                    parameter,
                    "'" + parameter + "' must be a day such as 2026-11-20, or a time such as 2026-11-20T08:00:00Z.");
        }
    }

    static @Nullable LocalDate day(String parameter, @Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(parameter, "'" + parameter + "' must be a day such as 2026-11-20.");
        }
    }

    /// Reads a word of an enumeration in any case.
    static <E extends Enum<E>> @Nullable E word(String parameter, Class<E> type, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw invalid(
                    parameter, "'" + parameter + "' must be one of " + Arrays.toString(type.getEnumConstants()) + ".");
        }
    }

    static HubException invalid(String parameter, String message) {
        return new HubException(ProblemCode.INVALID_PARAMETER, message).with("parameter", parameter);
    }

    /// Lists by number use the same cursors as lists by id.
    static @Nullable Long number(@Nullable UUID cursor) {
        return cursor == null ? null : cursor.getLeastSignificantBits();
    }

    static UUID cursor(long number) {
        return new UUID(0, number);
    }
}
