/// Circuits as immutable data: gates, instructions, classical expressions, limits and the one exception of the door.
///
/// A [Circuit][org.quantumhub.engine.circuit.Circuit] is a flat list of
/// [Instruction][org.quantumhub.engine.circuit.Instruction]s; loops and conditionals that depend on measured bits are
/// the only nested ones. All standard gates are rows of one table, from which the readers, the writers and the tests
/// are derived.
@NullMarked
package org.quantumhub.engine.circuit;

import org.jspecify.annotations.NullMarked;
