package org.quantumhub.engine.simulator;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Memory outside the heap for the amplitudes of states.
///
/// What one state gives back is kept for the next, up to a bound: new memory is filled with zeros twice, by the system
/// page
/// by page and by Java as a whole, and at 24 qubits that takes longer than some circuits. So what a piece holds is left
/// over from others, and whoever takes it has to write every amplitude before reading it.
final class StateMemory {
    /// For all states of this process: keeps one of 24 qubits in double precision, or several smaller ones, and the
    /// gaps in them.
    static final StateMemory SHARED = new StateMemory((1L << 28) + (1L << 20));

    private static final int ALIGNMENT = 64;

    /// Memory that one state holds at a time.
    record Piece(Arena arena, MemorySegment segment) {
        long bytes() {
            return segment.byteSize();
        }
    }

    private final long mostKept;
    /// From the one given back longest ago.
    private final Deque<Piece> kept = new ArrayDeque<>();
    private long keptBytes;

    /// @param mostKept bytes that may lie here without being used
    StateMemory(long mostKept) {
        this.mostKept = mostKept;
    }

    /// A piece of at least so many bytes, aligned to a cache line.
    ///
    /// @throws OutOfMemoryError beyond what `-XX:MaxDirectMemorySize` allows
    Piece take(long bytes) {
        Piece piece = takeKept(bytes);
        if (piece != null) {
            return piece;
        }
        try {
            return allocated(bytes);
        } catch (OutOfMemoryError e) {
            // What is kept is too small for this state, but counts too.
            shrinkTo(0);
            return allocated(bytes);
        }
    }

    private static Piece allocated(long bytes) {
        Arena arena = Arena.ofShared();
        try {
            return new Piece(arena, arena.allocate(bytes, ALIGNMENT));
        } catch (OutOfMemoryError e) {
            arena.close();
            throw e;
        }
    }

    private synchronized @Nullable Piece takeKept(long bytes) {
        Piece smallest = null;
        for (Piece piece : kept) {
            if (piece.bytes() >= bytes && (smallest == null || piece.bytes() < smallest.bytes())) {
                smallest = piece;
            }
        }
        if (smallest != null) {
            kept.remove(smallest);
            keptBytes -= smallest.bytes();
        }
        return smallest;
    }

    /// Ends the use of a piece.
    void giveBack(Piece piece) {
        if (piece.bytes() > mostKept) {
            piece.arena().close();
            return;
        }
        synchronized (this) {
            kept.addLast(piece);
            keptBytes += piece.bytes();
        }
        shrinkTo(mostKept);
    }

    private synchronized void shrinkTo(long most) {
        for (Iterator<Piece> eldest = kept.iterator(); keptBytes > most && eldest.hasNext(); ) {
            Piece piece = eldest.next();
            eldest.remove();
            keptBytes -= piece.bytes();
            piece.arena().close();
        }
    }

    /// How much lies here without being used.
    synchronized long keptBytes() {
        return keptBytes;
    }
}
