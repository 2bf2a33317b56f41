package org.quantumhub.engine.simulator;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Amplitudes outside the heap: in single precision, or more than a Java array can hold.
///
/// The memory is given back by [#close()] and not before.
public final class OffHeapState implements PureState, AutoCloseable {
    private static final int ALIGNMENT = 64;

    final MemorySegment re;
    final MemorySegment im;
    private final int qubits;
    private final Precision precision;
    private final Arena arena;
    private final int[] place;

    /// All amplitudes 0.
    ///
    /// @param place the bit of the storage's index that belongs to each qubit
    OffHeapState(int qubits, Precision precision, int[] place) {
        this.qubits = qubits;
        this.precision = precision;
        this.place = place.clone();
        this.arena = Arena.ofShared();
        long bytes = (long) precision.bytes() << qubits;
        this.re = arena.allocate(bytes, ALIGNMENT);
        this.im = arena.allocate(bytes, ALIGNMENT);
    }

    @Override
    public int qubits() {
        return qubits;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public double re(long basis) {
        return number(re, index(basis));
    }

    @Override
    public double im(long basis) {
        return number(im, index(basis));
    }

    @Override
    public double probabilityAt(long index) {
        double x = number(re, index);
        double y = number(im, index);
        return x * x + y * y;
    }

    @Override
    public double norm() {
        double sum = 0;
        for (long i = 0; i < size(); i++) {
            sum += probabilityAt(i);
        }
        return sum;
    }

    @Override
    public long basis(long index) {
        long basis = 0;
        for (int qubit = 0; qubit < qubits; qubit++) {
            basis |= (index >>> place[qubit] & 1) << qubit;
        }
        return basis;
    }

    private long index(long basis) {
        long index = 0;
        for (int qubit = 0; qubit < qubits; qubit++) {
            index |= (basis >>> qubit & 1) << place[qubit];
        }
        return index;
    }

    private double number(MemorySegment from, long index) {
        return precision == Precision.DOUBLE
                ? from.getAtIndex(ValueLayout.JAVA_DOUBLE, index)
                : from.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    /// A copy on the heap in double precision, for at most 30 qubits.
    public StateVector toStateVector() {
        StateVector copy = new StateVector(qubits, place);
        for (int i = 0; i < copy.re.length; i++) {
            copy.re[i] = number(re, i);
            copy.im[i] = number(im, i);
        }
        return copy;
    }

    /// Gives the memory back; the object must not be used any more.
    @Override
    public void close() {
        arena.close();
    }
}
