package org.quantumhub.execution;

/// The language a program was submitted in.
public enum ProgramFormat {
    CIRCUIT_JSON,
    OPENQASM2,
    OPENQASM3,
    /// analog Hamiltonian simulation: fields that drive neutral atoms, in the JSON of Braket's `braket.ir.ahs.program`
    AHS;

    /// Whether it has inputs that values can be given for.
    public boolean hasInputs() {
        return this == OPENQASM2 || this == OPENQASM3;
    }
}
