package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Expectations of sums of Pauli operators, block by block.
///
/// A term takes a basis state `i` to `i xor x` with a sign that is the parity of `i and z`. Terms with the same x share
/// the products `conj(psi at i xor x) * psi at i`; terms whose x lies within a block share the block while it is in the
/// cache, so that a sum over n qubits needs few passages through memory. Within a row of a block the signed sums of a
/// group
/// for all z at once are a Walsh-Hadamard transform of the products, which costs as much as ten terms.
final class PauliBlocks {
    /// A row is a run of memory, and as long as a transform.
    private static final int ROW_BITS = 10;

    private static final int MOST_BITS = 16;

    /// Below this, plain loops are as fast.
    static final int FEWEST_QUBITS = 12;

    /// @param factor the coefficient times the power of i that comes with Y, a real number or the factor of i
    record Term(double factor, boolean imaginary, long z) {}

    private final StateVector state;
    private final int qubits;

    private PauliBlocks(StateVector state) {
        this.state = state;
        this.qubits = state.qubits;
    }

    /// The sum over all terms, grouped by x. The order of summation does not depend on the number of threads.
    static double expectation(StateVector state, Map<Long, List<Term>> groups) {
        return new PauliBlocks(state).all(new LinkedHashMap<>(groups));
    }

    private double all(Map<Long, List<Term>> waiting) {
        double sum = 0;
        while (!waiting.isEmpty()) {
            long inside = (1L << ROW_BITS) - 1;
            Map<Long, List<Term>> chosen = new LinkedHashMap<>();
            for (Map.Entry<Long, List<Term>> group : waiting.entrySet()) {
                if (Long.bitCount(inside | group.getKey()) <= MOST_BITS) {
                    inside |= group.getKey();
                    chosen.put(group.getKey(), group.getValue());
                }
            }
            if (chosen.isEmpty()) {
                Map.Entry<Long, List<Term>> wide = waiting.entrySet().iterator().next();
                sum += pairs(wide.getKey(), wide.getValue());
                waiting.remove(wide.getKey());
            } else {
                waiting.keySet().removeAll(chosen.keySet());
                sum += passage(inside, chosen);
            }
        }
        return sum;
    }

    private double passage(long inside, Map<Long, List<Term>> groups) {
        int bits = Long.bitCount(inside);
        long outer = state.size() - 1 & ~inside;
        int blocks = 1 << Long.bitCount(outer);
        long high = inside >>> ROW_BITS << ROW_BITS;
        long[] sources = new long[1 << bits - ROW_BITS];
        for (int row = 0; row < sources.length; row++) {
            sources[row] = Long.expand(row, high);
        }
        List<Group> prepared = new ArrayList<>();
        groups.forEach((x, terms) -> prepared.add(new Group(x, Long.compress(x, high), terms)));
        double[] partial = new double[blocks];
        IntStream numbers = IntStream.range(0, blocks);
        (qubits < 18 ? numbers : numbers.parallel()).forEach(b -> {
            DoubleBlock block = DoubleBlock.ofThread(bits);
            long fixed = Long.expand(b, outer);
            block.read(state, fixed, sources, 1 << ROW_BITS);
            double[] products = new double[2 << ROW_BITS];
            for (Group group : prepared) {
                partial[b] += group.sum(block, fixed, sources, products);
            }
        });
        double sum = 0;
        for (double part : partial) {
            sum += part;
        }
        return sum;
    }

    /// A group that flips too many bits for a block: its rows are taken two by two.
    private double pairs(long x, List<Term> terms) {
        long flip = x >>> ROW_BITS << ROW_BITS;
        long top = Long.highestOneBit(flip);
        Group group = new Group(x, 1, terms);
        double[] products = new double[2 << ROW_BITS];
        DoubleBlock block = DoubleBlock.ofThread(ROW_BITS + 1);
        double sum = 0;
        for (long row = 0; row < state.size(); row += 1L << ROW_BITS) {
            if ((row & top) == 0) {
                long[] sources = {row, row ^ flip};
                block.read(state, 0, sources, 1 << ROW_BITS);
                sum += group.sum(block, 0, sources, products);
            }
        }
        return sum;
    }

    /// The terms that flip the same bits.
    private static final class Group {
        private static final int MOST_DIRECT = 6;

        private final int inRow;
        private final int rowFlip;
        private final Term[] terms;
        private final boolean real;
        private final boolean imaginary;

        Group(long x, long rowFlip, List<Term> terms) {
            this.inRow = (int) x & (1 << ROW_BITS) - 1;
            this.rowFlip = (int) rowFlip;
            this.terms = terms.toArray(new Term[0]);
            this.real = terms.stream().anyMatch(term -> !term.imaginary());
            this.imaginary = terms.stream().anyMatch(Term::imaginary);
        }

        double sum(DoubleBlock block, long fixed, long[] sources, double[] products) {
            double sum = 0;
            for (int row = 0; row < sources.length; row++) {
                int right = DoubleBlock.ALIGNMENT + (row << ROW_BITS);
                int left = DoubleBlock.ALIGNMENT + ((row ^ rowFlip) << ROW_BITS);
                if (real) {
                    DoubleKernels.products(block.data(), block.im(), left, right, 1 << ROW_BITS, inRow, products);
                    sum += signed(products, fixed | sources[row], false);
                }
                if (imaginary) {
                    DoubleKernels.crossProducts(block.data(), block.im(), left, right, 1 << ROW_BITS, inRow, products);
                    sum += signed(products, fixed | sources[row], true);
                }
            }
            return sum;
        }

        private double signed(double[] products, long base, boolean part) {
            boolean transformed = terms.length > MOST_DIRECT;
            if (transformed) {
                transform(products);
            }
            double sum = 0;
            for (Term term : terms) {
                if (term.imaginary() == part) {
                    int low = (int) term.z() & (1 << ROW_BITS) - 1;
                    double value = transformed ? products[low] : direct(products, low);
                    sum += (Long.bitCount(base & term.z() & -(1L << ROW_BITS)) & 1) == 0
                            ? term.factor() * value
                            : -term.factor() * value;
                }
            }
            return sum;
        }

        /// The sum with the signs of one term: over runs on which the sign is the same.
        private static double direct(double[] products, int z) {
            return DoubleKernels.signedSum(products, 1 << ROW_BITS, z);
        }

        private static void transform(double[] a) {
            for (int half = 1; half < 1 << ROW_BITS; half <<= 1) {
                for (int block = 0; block < 1 << ROW_BITS; block += 2 * half) {
                    for (int i = block; i < block + half; i++) {
                        double x = a[i];
                        double y = a[i + half];
                        a[i] = x + y;
                        a[i + half] = x - y;
                    }
                }
            }
        }
    }
}
