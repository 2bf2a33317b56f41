package org.quantumhub.execution;

/// The language a program was submitted in.
public enum ProgramFormat {
    CIRCUIT_JSON,
    OPENQASM2,
    OPENQASM3,
    /// analog Hamiltonian simulation: fields that drive neutral atoms, in the JSON of Braket's `braket.ir.ahs.program`
    AHS
}
