package org.quantumhub.shared.rest;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;

/// A page of a list as it leaves the hub.
public record PageView<T>(
        List<T> items,

        @Schema(description = "pass it as 'after' to get the next page; missing on the last one") @Nullable
        String next) {

    public static <E, T> PageView<T> of(Page<E> page, Function<E, T> view) {
        UUID next = page.next();
        return new PageView<>(page.items().stream().map(view).toList(), next == null ? null : next.toString());
    }

    /// Reads the cursor that an earlier page gave.
    ///
    /// @throws HubException `INVALID_PARAMETER` when it is none
    public static @Nullable UUID cursor(@Nullable String after) {
        try {
            return after == null || after.isEmpty() ? null : UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw new HubException(ProblemCode.INVALID_PARAMETER, "'after' is not the cursor of a page.")
                    .with("parameter", "after");
        }
    }

    /// Reads the wanted size of a page.
    ///
    /// @throws HubException `INVALID_PARAMETER` beyond 1 to 200
    public static int size(@Nullable Integer limit) {
        if (limit == null) {
            return Page.DEFAULT_SIZE;
        }
        if (limit < 1 || limit > Page.LARGEST) {
            throw new HubException(
                            ProblemCode.INVALID_PARAMETER, "'limit' must lie between 1 and " + Page.LARGEST + ".")
                    .with("parameter", "limit")
                    .with("limit", Page.LARGEST);
        }
        return limit;
    }
}
