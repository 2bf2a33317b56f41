/// From a circuit as somebody wrote it to one that a device can run: its own gates, on pairs of qubits it connects.
///
/// The way has four stations. [Lowering] takes every gate apart into rotations of one qubit and controlled-Z gates;
/// [Router] places the circuit's qubits on the device and brings partners together by swaps; [NativeGates] writes both
/// kinds of step in the words of the device; and [Transpiler] checks that the product does what the circuit did.
@NullMarked
package org.quantumhub.engine.transpiler;

import org.jspecify.annotations.NullMarked;
