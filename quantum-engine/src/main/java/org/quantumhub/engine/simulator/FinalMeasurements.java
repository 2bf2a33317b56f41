package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The measurements after which nothing follows but other measurements.
///
/// What they leave behind is of no interest, so they leave nothing: each measured operator is multiplied by those
/// before
/// it until it has no X where one of them began. Nothing left means that they settle it. That is Gaussian elimination:
/// a fourth of the work of keeping the state, and on far fewer rows.
public final class FinalMeasurements {
    /// Stabilizers of what is left of the state in the frame before all gates, and for each a qubit on which it has an
    /// X and no later one has.
    private final List<PauliRow> stabilizers = new ArrayList<>();

    private final List<Integer> pivots = new ArrayList<>();
    private final Tableau tableau;
    private final BitSet read = new BitSet();
    private final BitSet ones = new BitSet();

    /// @param tableau used up by this: nobody may use it any more
    public FinalMeasurements(Tableau tableau) {
        this.tableau = tableau;
    }

    /// Measures a qubit; where the outcome is open, the supplier decides.
    public boolean measure(int qubit, BooleanSupplier open) {
        if (!read.get(qubit)) {
            read.set(qubit);
            ones.set(qubit, outcome(tableau.observable(qubit), open));
        }
        return ones.get(qubit);
    }

    private boolean outcome(PauliRow row, BooleanSupplier open) {
        for (int i = 0; i < pivots.size(); i++) {
            if (row.hasX(pivots.get(i))) {
                row.timesCommuting(stabilizers.get(i));
            }
        }
        int pivot = row.firstX();
        if (pivot < 0) {
            return row.negative();
        }
        boolean outcome = open.getAsBoolean();
        row.negate(outcome);
        stabilizers.add(row);
        pivots.add(pivot);
        return outcome;
    }
}
