package org.quantumhub.engine.simulator;

/// How many digits an amplitude is kept with.
public enum Precision {
    /// 64 bits for each part: 16 bytes an amplitude, errors around 1e-15.
    DOUBLE(Double.BYTES),
    /// 32 bits for each part: half of the memory and about half of the time, errors around 1e-6.
    SINGLE(Float.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes of one real number.
    int bytes() {
        return bytes;
    }

    /// Bytes of a state, saturating.
    long stateBytes(int qubits) {
        return qubits > 58 ? Long.MAX_VALUE : 2L * bytes << qubits;
    }
}
