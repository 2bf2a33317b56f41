/// Quantum circuits and their simulation, usable alone as a library.
///
/// ## Conventions, stated here once
///
/// * **Qubit order.** Qubit 0 is the least significant bit of the index of a basis state: in a register of three
///   qubits the state with only qubit 0 excited has the index 1, the one with only qubit 2 excited has the index 4.
///   The first operand of a gate is likewise the least significant bit of the index into its matrix.
/// * **Bitstrings** are printed with the highest bit at the left, so classical bit 0 (or qubit 0) is the rightmost
///   character.
/// * **Rotations** are `exp(-i θ/2 P)` for the Pauli operator (or product of Pauli operators) `P`.
///   `U(θ, φ, λ)` has the real entry `cos(θ/2)` at its upper left.
/// * **Global phase** is tracked (`gphase`), because it becomes observable once it is controlled; on its own it
///   changes no count and no probability.
/// * **Seeds.** The same circuit, seed and number of shots give the same counts, on any number of threads.
///
/// Everything that comes from outside is checked at the door (the readers in `json` and `qasm`, and the builder of
/// [org.quantumhub.engine.circuit.Circuit]); behind the door nothing is checked again.
@NullMarked
package org.quantumhub.engine;

import org.jspecify.annotations.NullMarked;
