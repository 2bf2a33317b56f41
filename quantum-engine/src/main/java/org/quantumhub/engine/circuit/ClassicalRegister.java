package org.quantumhub.engine.circuit;

/// A named run of classical bits.
///
/// @param name the name it has in the text, or `c` when nobody named it
/// @param first the index of its least significant bit in the circuit
/// @param size the number of bits
public record ClassicalRegister(String name, int first, int size) {}
