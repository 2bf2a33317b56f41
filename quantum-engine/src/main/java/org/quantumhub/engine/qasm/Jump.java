package org.quantumhub.engine.qasm;

/// Leaves the statements that are being carried out: `break`, `continue`, `return` or `end` on its way to its target.
final class Jump extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final transient Token at;
    final transient Value value;

    Jump(Token at, Value value) {
        super(at.text(), null, false, false);
        this.at = at;
        this.value = value;
    }

    boolean is(String kind) {
        return at.is(kind);
    }
}
