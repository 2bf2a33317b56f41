package org.quantumhub.execution.service;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// What texts that came lately were read as. What is kept is never changed, and so may be handed to anybody.
///
/// @param <T> what a text is read as
final class RecentlyRead<T> {

    private final int mostCharacters;
    private final Function<String, T> reader;
    private final Map<String, T> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    /// @param mostCharacters how long all texts may be together; one may have an eighth of that
    /// @param reader how a text is read
    RecentlyRead(int mostCharacters, Function<String, T> reader) {
        this.mostCharacters = mostCharacters;
        this.reader = reader;
    }

    /// @throws RuntimeException what the reader throws when it refuses the text
    T of(String text) {
        synchronized (kept) {
            T known = kept.get(text);
            if (known != null) {
                return known;
            }
        }
        T read = reader.apply(text);
        if (text.length() <= mostCharacters / 8) {
            keep(text, read);
        }
        return read;
    }

    /// As [#of(String)], for whoever reads a text for what is mostly the last time: it is not kept any longer.
    T last(String text) {
        synchronized (kept) {
            T known = kept.remove(text);
            if (known != null) {
                characters -= text.length();
                return known;
            }
        }
        return reader.apply(text);
    }

    private void keep(String text, T read) {
        synchronized (kept) {
            if (kept.put(text, read) == null) {
                characters += text.length();
            }
            Iterator<String> eldest = kept.keySet().iterator();
            while (characters > mostCharacters) {
                characters -= eldest.next().length();
                eldest.remove();
            }
        }
    }

    /// How many are kept.
    int size() {
        synchronized (kept) {
            return kept.size();
        }
    }
}
