package org.quantumhub.engine.simulator;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Amplitudes outside the heap, in either precision.
///
/// The memory is given back by [#close()] and not before; after that the state throws an [IllegalStateException].
public final class OffHeapState implements PureState, AutoCloseable {
    /// Keeps the real and the imaginary part of an amplitude out of the same cache set.
    private static final int GAP = 5 * 64;

    private final int qubits;
    private final Precision precision;
    private final int[] place;
    private final StateMemory memory;
    private StateMemory.@Nullable Piece piece;
    private @Nullable MemorySegment re;
    private @Nullable MemorySegment im;

    /// Amplitudes that are not set yet: they hold what was left over in the memory.
    ///
    /// @param place the bit of the storage's index that belongs to each qubit
    OffHeapState(int qubits, Precision precision, int[] place) {
        this(qubits, precision, place, StateMemory.SHARED);
    }

    OffHeapState(int qubits, Precision precision, int[] place, StateMemory memory) {
        this.qubits = qubits;
        this.precision = precision;
        this.place = place.clone();
        this.memory = memory;
        long bytes = (long) precision.bytes() << qubits;
        StateMemory.Piece taken = memory.take(2 * bytes + GAP);
        this.piece = taken;
        this.re = taken.segment().asSlice(0, bytes);
        this.im = taken.segment().asSlice(bytes + GAP, bytes);
    }

    /// The real parts.
    MemorySegment re() {
        return open(re);
    }

    /// The imaginary parts.
    MemorySegment im() {
        return open(im);
    }

    private static MemorySegment open(@Nullable MemorySegment part) {
        if (part == null) {
            throw new IllegalStateException("The state was closed");
        }
        return part;
    }

    /// Sets all amplitudes to 0 whose index has one of the given bits.
    void clear(long bits) {
        if (bits == 0) {
            return;
        }
        long run = Long.lowestOneBit(bits);
        for (long index = run; index < size(); index += run) {
            if ((index & bits) != 0) {
                re().asSlice(index * precision.bytes(), run * precision.bytes()).fill((byte) 0);
                im().asSlice(index * precision.bytes(), run * precision.bytes()).fill((byte) 0);
            }
        }
    }

    /// Sets all amplitudes to 0.
    ///
    /// @param threads that share the memory among them
    void zero(int threads) {
        IntStream parts = IntStream.range(0, threads);
        (threads > 1 ? parts.parallel() : parts).forEach(part -> {
            long from = size() * part / threads * precision.bytes();
            long bytes = size() * (part + 1) / threads * precision.bytes() - from;
            re().asSlice(from, bytes).fill((byte) 0);
            im().asSlice(from, bytes).fill((byte) 0);
        });
    }

    /// Sets one amplitude, by the place of its storage.
    void set(long index, double x, double y) {
        if (precision == Precision.DOUBLE) {
            re().setAtIndex(ValueLayout.JAVA_DOUBLE, index, x);
            im().setAtIndex(ValueLayout.JAVA_DOUBLE, index, y);
        } else {
            re().setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) x);
            im().setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) y);
        }
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
        return number(re(), index(basis));
    }

    @Override
    public double im(long basis) {
        return number(im(), index(basis));
    }

    @Override
    public double probabilityAt(long index) {
        double x = number(re(), index);
        double y = number(im(), index);
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
            copy.re[i] = number(re(), i);
            copy.im[i] = number(im(), i);
        }
        return copy;
    }

    /// Gives the memory back; the object must not be used any more.
    @Override
    public synchronized void close() {
        StateMemory.Piece held = piece;
        piece = null;
        re = null;
        im = null;
        if (held != null) {
            memory.giveBack(held);
        }
    }
}
