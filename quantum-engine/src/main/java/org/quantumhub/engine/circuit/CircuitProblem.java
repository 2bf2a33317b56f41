package org.quantumhub.engine.circuit;

/// What is wrong with a circuit that was refused.
public enum CircuitProblem {
    /// The text does not follow the grammar of its format.
    SYNTAX,
    /// No gate has this name.
    UNKNOWN_GATE,
    /// The gate was given too few or too many qubits.
    WRONG_ARITY,
    /// The gate was given too few or too many parameters.
    WRONG_PARAMETERS,
    /// A register, variable, field or function of this name does not exist.
    UNKNOWN_NAME,
    /// A qubit or classical bit lies outside its register.
    INDEX_OUT_OF_RANGE,
    /// One instruction names the same qubit twice.
    DUPLICATE_QUBIT,
    /// Understood, but nothing that a gate-model simulator can honour.
    UNSUPPORTED,
    /// Larger than the limits allow.
    LIMIT_EXCEEDED,
    /// A value of the wrong type, not finite, or outside its range.
    INVALID_VALUE
}
