package org.quantumhub.execution.service;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.qasm.QasmProgram;

/// Programs that were read lately. The circuits of a sweep have one text and differ in what is put in; reading it takes
/// three times as long as making a circuit of it.
final class RecentPrograms {

    /// A program that has been read takes some fifty times the memory of its text.
    private static final int MOST_CHARACTERS = 1 << 18;

    private static final int LONGEST = MOST_CHARACTERS / 8;

    private final Map<String, QasmProgram> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    /// @throws CircuitException when the text is refused
    QasmProgram of(String text) {
        synchronized (kept) {
            QasmProgram known = kept.get(text);
            if (known != null) {
                return known;
            }
        }
        QasmProgram read = OpenQasm.program(text, CircuitLimits.defaults());
        if (text.length() <= LONGEST) {
            keep(text, read);
        }
        return read;
    }

    private void keep(String text, QasmProgram read) {
        synchronized (kept) {
            if (kept.put(text, read) == null) {
                characters += text.length();
            }
            Iterator<String> eldest = kept.keySet().iterator();
            while (characters > MOST_CHARACTERS) {
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
