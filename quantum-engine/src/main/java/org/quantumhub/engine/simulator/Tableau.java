package org.quantumhub.engine.simulator;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/// A stabilizer state as the gates that made it, by what they turn Pauli operators into when one goes back through
/// them: for the gates `U` so far, `U† X U` and `U† Z U` of every qubit.
///
/// A measurement of a qubit asks what its `Z` is in the state with every qubit at 0: when `U† Z U` has no X, its sign
/// is
/// the outcome, which takes n / 64 steps. Otherwise the outcome is open, and `CX`, `S` and `H`, which do nothing but
/// decide it when they come before all other gates, take all X out of it: O(n^2 / 64) steps. Gates multiply rows, in
/// O(n / 64) steps, and `H` exchanges two. The idea of the inverse is from Gidney, "Stim: a fast stabilizer circuit
/// simulator", arXiv 2103.02202; the rows lie by qubit, so that nothing is ever transposed.
public final class Tableau {
    private final PauliRow[] x;
    private final PauliRow[] z;

    /// The state with every qubit at 0.
    public Tableau(int qubits) {
        this.x = new PauliRow[qubits];
        this.z = new PauliRow[qubits];
        for (int q = 0; q < qubits; q++) {
            x[q] = new PauliRow(qubits);
            x[q].setX(q);
            z[q] = new PauliRow(qubits);
            z[q].setZ(q);
        }
    }

    void apply(CliffordMap map) {
        int[] on = map.qubits();
        PauliRow[] before = new PauliRow[2 * on.length];
        for (int a = 0; a < on.length; a++) {
            before[a] = x[on[a]];
            before[a + on.length] = z[on[a]];
        }
        PauliRow[] after = new PauliRow[before.length];
        for (int g = 0; g < after.length; g++) {
            if (Integer.bitCount(map.origins()[g]) > 1) {
                after[g] = product(before, map.origins()[g]);
            }
        }
        for (int g = 0; g < after.length; g++) {
            if (Integer.bitCount(map.origins()[g]) == 1) {
                after[g] = before[Integer.numberOfTrailingZeros(map.origins()[g])];
            }
            after[g].negate(map.negativeOrigin()[g]);
        }
        for (int a = 0; a < on.length; a++) {
            x[on[a]] = after[a];
            z[on[a]] = after[a + on.length];
        }
    }

    /// `i^(number of Y) X^x Z^z` in a row of its own.
    private static PauliRow product(PauliRow[] letters, int number) {
        int size = letters.length / 2;
        int power = Integer.bitCount(number >> size & number);
        PauliRow product = letters[Integer.numberOfTrailingZeros(number)].copy();
        for (int rest = number & number - 1; rest != 0; rest &= rest - 1) {
            power += product.times(letters[Integer.numberOfTrailingZeros(rest)]);
        }
        product.negate((power & 3) == 2);
        return product;
    }

    /// Exchanges X and Z of a qubit.
    public void hadamard(int qubit) {
        PauliRow was = x[qubit];
        x[qubit] = z[qubit];
        z[qubit] = was;
    }

    /// Turns X into Y and Y into -X.
    public void phase(int qubit) {
        // back through it, X becomes -Y = -iXZ
        x[qubit].negate((x[qubit].times(z[qubit]) + 3 & 3) == 2);
    }

    /// Turns X into -Y and Y into X.
    public void inversePhase(int qubit) {
        x[qubit].negate((x[qubit].times(z[qubit]) + 1 & 3) == 2);
    }

    /// Flips the second qubit where the first is 1.
    public void controlledNot(int control, int target) {
        x[control].timesCommuting(x[target]);
        z[target].timesCommuting(z[control]);
    }

    /// Flips the phase where both qubits are 1.
    public void controlledZ(int first, int second) {
        x[first].timesCommuting(z[second]);
        x[second].timesCommuting(z[first]);
    }

    /// Flips a qubit.
    public void flip(int qubit) {
        z[qubit].negate(true);
    }

    /// Applies Z to a qubit.
    public void flipPhase(int qubit) {
        x[qubit].negate(true);
    }

    /// Measures a qubit; where the outcome is open, the supplier decides.
    public boolean measure(int qubit, BooleanSupplier open) {
        int pivot = z[qubit].firstX();
        if (pivot >= 0) {
            decide(z[qubit], pivot, open.getAsBoolean());
        }
        return z[qubit].negative();
    }

    private void decide(PauliRow measured, int pivot, boolean outcome) {
        long[] others = measured.otherX(pivot);
        boolean phase = measured.hasZ(pivot) ^ measured.oddZ(others);
        for (int q = 0; q < x.length; q++) {
            x[q].insert(pivot, others, phase);
            z[q].insert(pivot, others, phase);
        }
        if (measured.negative() != outcome) {
            Arrays.stream(x).forEach(row -> row.negate(row.hasZ(pivot)));
            Arrays.stream(z).forEach(row -> row.negate(row.hasZ(pivot)));
        }
    }

    /// What Z of a qubit becomes when one goes back through all gates.
    PauliRow observable(int qubit) {
        return z[qubit];
    }
}
