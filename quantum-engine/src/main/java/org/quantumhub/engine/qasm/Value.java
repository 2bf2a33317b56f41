package org.quantumhub.engine.qasm;

import java.math.BigInteger;
import java.util.List;
import org.quantumhub.engine.circuit.ClassicalExpression;

/// What an expression comes to: known at once, or computed from bits while the circuit runs.
sealed interface Value {
    record Whole(long value) implements Value {}

    /// A whole number of more than 63 bits, good for nothing but being compared with a register as wide.
    record Large(BigInteger value) implements Value {}

    record Real(double value) implements Value {}

    /// A complex number.
    record Complex(double re, double im) implements Value {}

    record Truth(boolean value) implements Value {}

    /// A time in seconds; `dt` counts as a second because nothing here depends on it.
    record Duration(double seconds) implements Value {}

    /// Classical bits, least significant first.
    record Bits(List<Integer> clbits) implements Value {}

    /// An angle whose digits are known only while the circuit runs: `offset` plus `unit` times the number in the bits.
    record Turning(List<Integer> clbits, double unit, double offset) implements Value {}

    /// The elements of an array.
    record Items(List<Value> values) implements Value {}

    /// What a subroutine without a result gives back.
    record Nothing() implements Value {}

    /// A number that is known only while the circuit runs.
    record Dynamic(ClassicalExpression expression) implements Value {}
}
