package org.quantumhub.engine.stim;

/// What an instruction of Stim acts on.
sealed interface StimTarget {
    /// A qubit; with `!` its measurement is inverted.
    record Qubit(int index, boolean inverted) implements StimTarget {
        @Override
        public String toString() {
            return (inverted ? "!" : "") + index;
        }
    }

    /// A measurement before this one: -1 is the latest.
    record Record(int offset) implements StimTarget {
        @Override
        public String toString() {
            return "rec[" + offset + "]";
        }
    }

    /// A Pauli operator on a qubit.
    ///
    /// @param letter X, Y or Z
    record Pauli(char letter, int index, boolean inverted) implements StimTarget {
        @Override
        public String toString() {
            return (inverted ? "!" : "") + letter + index;
        }
    }

    /// The `*` between the factors of a product.
    record Combiner() implements StimTarget {
        @Override
        public String toString() {
            return "*";
        }
    }
}
