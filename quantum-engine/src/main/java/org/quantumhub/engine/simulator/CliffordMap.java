package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;

/// What a Clifford gate makes of Pauli operators: `U P U†` for every product `P` of Pauli operators on its qubits.
///
/// A product is numbered by its bits: X on local qubit `a` is bit `a`, Z is bit `a + size`, Y is both. It stands for
/// the Hermitian operator `i^(number of Y) X^x Z^z`.
///
/// @param qubits what the local qubits are in the circuit
/// @param images for each product the number of its image
/// @param origins for X and Z of each local qubit the number of the product that it is the image of
/// @param negativeOrigin for each of these whether it is the image of the product with a minus sign
record CliffordMap(int[] qubits, int[] images, int[] origins, boolean[] negativeOrigin) {
    private static final int MOST_QUBITS = 3;
    private static final double TOLERANCE = 1e-9;

    /// The map of a gate, or null when it is no Clifford gate or acts on more than three qubits.
    static @Nullable CliffordMap of(GateInstruction gate) {
        List<Integer> on = gate.qubits();
        int size = on.size();
        int[] qubits = on.stream().mapToInt(Integer::intValue).toArray();
        if (size > MOST_QUBITS) {
            return null;
        }
        double[][][] unitary = unitary(gate, size);
        int[] generator = new int[2 * size];
        int[] phase = new int[2 * size];
        for (int g = 0; g < 2 * size; g++) {
            int image = image(unitary, size, 1 << g);
            if (image < 0) {
                return null;
            }
            generator[g] = image >> 1;
            phase[g] = yCount(image >> 1, size) + 2 * (image & 1);
        }
        return combined(qubits, size, generator, phase);
    }

    private static CliffordMap combined(int[] qubits, int size, int[] generator, int[] phase) {
        int products = 1 << 2 * size;
        int[] images = new int[products];
        boolean[] negative = new boolean[products];
        for (int p = 0; p < products; p++) {
            int power = yCount(p, size);
            int product = 0;
            for (int g = 0; g < 2 * size; g++) {
                if ((p >> g & 1) != 0) {
                    // Z parts that are already there pass the X parts of the next factor.
                    power += phase[g] + 2 * Integer.bitCount(product >> size & generator[g]);
                    product ^= generator[g];
                }
            }
            images[p] = product;
            negative[p] = (power - yCount(product, size) & 3) == 2;
        }
        int[] origins = new int[2 * size];
        boolean[] negativeOrigin = new boolean[2 * size];
        for (int p = 1; p < products; p++) {
            if (Integer.bitCount(images[p]) == 1) {
                int g = Integer.numberOfTrailingZeros(images[p]);
                origins[g] = p;
                negativeOrigin[g] = negative[p];
            }
        }
        return new CliffordMap(qubits, images, origins, negativeOrigin);
    }

    /// The same gate on other qubits.
    CliffordMap on(int[] others) {
        return new CliffordMap(others, images, origins, negativeOrigin);
    }

    private static int yCount(int product, int size) {
        return Integer.bitCount(product >> size & product & (1 << size) - 1);
    }

    /// The columns of the gate's matrix on its own qubits.
    private static double[][][] unitary(GateInstruction gate, int size) {
        List<Control> controls = new ArrayList<>();
        for (int i = 0; i < gate.controls().size(); i++) {
            controls.add(new Control(i, gate.controls().get(i).positive()));
        }
        List<Integer> targets = new ArrayList<>();
        for (int i = 0; i < gate.targets().size(); i++) {
            targets.add(controls.size() + i);
        }
        Operation operation = Operation.of(new GateInstruction(gate.gate(), gate.parameters(), controls, targets));
        double[][][] columns = new double[1 << size][][];
        for (int column = 0; column < columns.length; column++) {
            StateVector state = StateVector.zero(size);
            state.re[0] = 0;
            state.re[column] = 1;
            PlainLoops.apply(state, operation);
            columns[column] = new double[][] {state.re, state.im};
        }
        return columns;
    }

    /// The number of `U P U†` doubled, plus 1 for a minus sign; -1 when it is no Pauli operator.
    private static int image(double[][][] u, int size, int product) {
        int x = product & (1 << size) - 1;
        int z = product >> size;
        int dimension = 1 << size;
        double[][][] m = new double[dimension][dimension][2];
        for (int k = 0; k < dimension; k++) {
            // P takes |k> to a sign times |k ^ x>; generators have no Y.
            double sign = (Integer.bitCount(k & z) & 1) == 0 ? 1 : -1;
            for (int row = 0; row < dimension; row++) {
                double re = sign * u[k ^ x][0][row];
                double im = sign * u[k ^ x][1][row];
                for (int column = 0; column < dimension; column++) {
                    double c = u[k][0][column];
                    double s = -u[k][1][column];
                    m[row][column][0] += re * c - im * s;
                    m[row][column][1] += re * s + im * c;
                }
            }
        }
        return recognised(m, size);
    }

    private static int recognised(double[][][] m, int size) {
        int dimension = 1 << size;
        for (int candidate = 0; candidate < dimension * dimension; candidate++) {
            for (int minus = 0; minus < 2; minus++) {
                if (equal(m, candidate, minus, size)) {
                    return 2 * candidate + minus;
                }
            }
        }
        return -1;
    }

    private static boolean equal(double[][][] m, int candidate, int minus, int size) {
        int x = candidate & (1 << size) - 1;
        int z = candidate >> size;
        for (int column = 0; column < m.length; column++) {
            int power = yCount(candidate, size) + 2 * Integer.bitCount(column & z) + 2 * minus & 3;
            double re = power == 0 ? 1 : power == 2 ? -1 : 0;
            double im = power == 1 ? 1 : power == 3 ? -1 : 0;
            double[] entry = m[column ^ x][column];
            if (Math.abs(entry[0] - re) > TOLERANCE || Math.abs(entry[1] - im) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }
}
