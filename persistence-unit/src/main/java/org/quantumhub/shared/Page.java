package org.quantumhub.shared;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list in key order.
///
/// @param items at most as many as asked for
/// @param next where the next page starts, null on the last one
public record Page<T>(List<T> items, @Nullable UUID next) {

    public static final int DEFAULT_SIZE = 50;
    public static final int LARGEST = 200;

    public Page {
        items = List.copyOf(items);
    }

    /// Cuts a list that was read one row longer than the page: the extra row only tells that there is more.
    public static <T> Page<T> cut(List<T> oneMore, int size, Function<T, UUID> key) {
        if (oneMore.size() <= size) {
            return new Page<>(oneMore, null);
        }
        List<T> items = oneMore.subList(0, size);
        return new Page<>(items, key.apply(items.getLast()));
    }

    public <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), next);
    }
}
