package org.quantumhub.engine.qasm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitProblem;

/// The names that are known at a point of the program, inner ones hiding outer ones.
final class Scope {
    /// What a name stands for.
    sealed interface Symbol {}

    record Qubits(List<Integer> indices, boolean register) implements Symbol {}

    record Clbits(List<Integer> indices, boolean register) implements Symbol {}

    /// A variable that is worked out while reading.
    ///
    /// @param depth how many measured conditions it was declared under; deeper down it cannot be changed
    record Variable(Type type, @Nullable Value value, boolean constant, int depth) implements Symbol {}

    /// A variable that lives in bits of the running circuit, because it depends on a measurement.
    record Stored(Type type, List<Integer> clbits, boolean signed) implements Symbol {}

    private final Map<String, Symbol> symbols = new HashMap<>();
    private final @Nullable Scope outer;
    private final boolean ofCall;

    Scope(@Nullable Scope outer) {
        this(outer, outer != null && outer.ofCall);
    }

    private Scope(@Nullable Scope outer, boolean ofCall) {
        this.outer = outer;
        this.ofCall = ofCall;
    }

    /// What a subroutine sees: the global names, and its own.
    static Scope ofCall(Scope global) {
        return new Scope(global, true);
    }

    /// Whether this is inside of a subroutine, whose bits no result shows.
    boolean isOfCall() {
        return ofCall;
    }

    /// Adds a name, which must be new at this level.
    void declare(Token name, Symbol symbol) {
        if (symbols.putIfAbsent(name.text(), symbol) != null) {
            throw name.problem(CircuitProblem.INVALID_VALUE, "The name " + name.shown() + " is already taken.");
        }
    }

    /// Gives a known name another meaning, where it was declared.
    void replace(String name, Symbol symbol) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.symbols.containsKey(name)) {
                scope.symbols.put(name, symbol);
                return;
            }
        }
        throw new IllegalStateException("Only declared names are replaced");
    }

    @Nullable
    Symbol find(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Symbol symbol = scope.symbols.get(name);
            if (symbol != null) {
                return symbol;
            }
        }
        return null;
    }
}
