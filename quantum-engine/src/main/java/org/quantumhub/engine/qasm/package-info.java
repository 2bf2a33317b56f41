/// OpenQASM 2 and 3 in and out.
///
/// The text goes through three stages: the scanner makes tokens, the parser a tree of statements, and the elaborator
/// runs that tree, which expands gate definitions, loops and constants into the flat instructions of a circuit.
/// Every stage works under the same limits, and counts what it is going to produce before it produces it.
@NullMarked
package org.quantumhub.engine.qasm;

import org.jspecify.annotations.NullMarked;
