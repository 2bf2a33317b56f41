/// Circuits of quantum error correction in the language of Stim: read, written, and sampled by Pauli frames.
///
/// A [StimCircuit][org.quantumhub.engine.stim.StimCircuit] is a tree of instructions, in which `REPEAT` stays a loop. A
/// [StimSampler][org.quantumhub.engine.stim.StimSampler] runs it once without noise on a tableau, and then thousands of
/// shots at a time as the differences that noise and open outcomes make.
///
/// The language is that of Stim's file format (Gidney, "Stim: a fast stabilizer circuit simulator", arXiv
/// 2103.02202), as far as `sweep` bits, which ask for data from outside.
@NullMarked
package org.quantumhub.engine.stim;

import org.jspecify.annotations.NullMarked;
