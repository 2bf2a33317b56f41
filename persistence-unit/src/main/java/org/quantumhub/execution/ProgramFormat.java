package org.quantumhub.execution;

/// The language a circuit was submitted in.
public enum ProgramFormat {
    CIRCUIT_JSON,
    OPENQASM2,
    OPENQASM3
}
