package org.quantumhub.engine.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A kind of gate: its names, its shape, its matrix, its inverse, and how it is made of simpler gates.
///
/// The standard gates are the rows of one table ([#standard()]); a gate given by nothing but its matrix is made with
/// [#unitary(String, Matrix)]. A gate's first operands may be controls (`cx` is `x` with one of them); what remains
/// is its core. The conventions for the order of operands and for phases are those of the package
/// `org.quantumhub.engine`.
public final class Gate {
    /// The matrix of a gate as a function of its parameters.
    @FunctionalInterface
    interface MatrixFunction {
        Matrix of(double[] parameters);
    }

    /// Emits the simpler gates that a gate is made of.
    @FunctionalInterface
    interface Recipe {
        void emit(Steps steps, double[] parameters);
    }

    /// The inverse: the name of a row, and the parameters it takes.
    record Inverse(String gate, UnaryOperator<double[]> parameters) {}

    /// Collects the steps of a decomposition.
    static final class Steps {
        private final List<GateInstruction> collected = new ArrayList<>();

        Steps add(String gate, int... operands) {
            return add(gate, new double[0], operands);
        }

        Steps add(String gate, double[] parameters, int... operands) {
            collected.add(GateInstruction.of(StandardGates.row(gate), parameters, operands));
            return this;
        }

        Steps phase(double angle) {
            return add("gphase", new double[] {angle});
        }
    }

    private final String name;
    private final List<String> aliases;
    private final int parameterCount;
    private final List<Boolean> controlPattern;
    private final int coreArity;
    private final MatrixFunction core;
    private final @Nullable Inverse inverse;
    private final @Nullable Recipe recipe;

    Gate(
            String name,
            List<String> aliases,
            int parameterCount,
            List<Boolean> controlPattern,
            int coreArity,
            MatrixFunction core,
            @Nullable Inverse inverse,
            @Nullable Recipe recipe) {
        this.name = name;
        this.aliases = List.copyOf(aliases);
        this.parameterCount = parameterCount;
        this.controlPattern = List.copyOf(controlPattern);
        this.coreArity = coreArity;
        this.core = core;
        this.inverse = inverse;
        this.recipe = recipe;
    }

    /// Looks a standard gate up by its name or one of its aliases, in any case.
    public static Optional<Gate> find(String name) {
        return Optional.ofNullable(StandardGates.BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /// The table: every standard gate once, simple ones first.
    public static List<Gate> standard() {
        return StandardGates.ROWS;
    }

    /// Every name and alias of the table, in lower case.
    public static Map<String, Gate> names() {
        return StandardGates.BY_NAME;
    }

    /// A gate that is given by its matrix alone.
    ///
    /// @param name how to call it in messages and drawings
    /// @param matrix unitary up to 1e-9, its dimension a power of two up to 2^10
    /// @throws CircuitException INVALID_VALUE when the matrix is none of that
    public static Gate unitary(String name, Matrix matrix) {
        int dimension = matrix.dimension();
        if (Integer.bitCount(dimension) != 1 || dimension > 1024) {
            throw CircuitException.of(
                    CircuitProblem.INVALID_VALUE,
                    "The matrix of gate '%s' has the dimension %d; a power of two up to 1024 was expected.",
                    name,
                    dimension);
        }
        if (!matrix.isUnitary(1e-9)) {
            throw CircuitException.of(CircuitProblem.INVALID_VALUE, "The matrix of gate '%s' is not unitary.", name);
        }
        int arity = Integer.numberOfTrailingZeros(dimension);
        return new Gate(name, List.of(), 0, List.of(), arity, parameters -> matrix, null, null);
    }

    /// The name in lower case, as OpenQASM writes it.
    public String name() {
        return name;
    }

    public List<String> aliases() {
        return aliases;
    }

    /// The number of operands, controls included.
    public int arity() {
        return controlPattern.size() + coreArity;
    }

    public int parameterCount() {
        return parameterCount;
    }

    /// How many of the first operands are controls.
    public int controlCount() {
        return controlPattern.size();
    }

    /// For each control, whether the gate acts where it is 1 (`true`) or where it is 0.
    public List<Boolean> controlPattern() {
        return controlPattern;
    }

    /// Whether this is a row of the table and not a matrix of the user's own.
    public boolean isStandard() {
        return StandardGates.BY_NAME.get(name) == this;
    }

    /// The matrix that acts on the operands after the controls, where all controls agree.
    public Matrix coreMatrix(double... parameters) {
        return core.of(parameters);
    }

    /// The matrix on all operands. Operand 0 is the least significant bit of row and column.
    public Matrix matrix(double... parameters) {
        Matrix small = core.of(parameters);
        int controls = controlPattern.size();
        if (controls == 0) {
            return small;
        }
        int pattern = 0;
        for (int i = 0; i < controls; i++) {
            pattern |= (controlPattern.get(i) ? 1 : 0) << i;
        }
        int dimension = 1 << arity();
        double[] entries = Matrix.identity(dimension).toArray();
        for (int row = 0; row < small.dimension(); row++) {
            for (int column = 0; column < small.dimension(); column++) {
                int place = 2 * ((row << controls | pattern) * dimension + (column << controls | pattern));
                entries[place] = small.re(row, column);
                entries[place + 1] = small.im(row, column);
            }
        }
        return Matrix.of(dimension, entries);
    }

    /// An instruction of this gate undone.
    GateInstruction inverse(GateInstruction instruction) {
        double[] parameters = instruction.parameterArray();
        if (inverse == null) {
            Gate undone = unitary(name + "_inverse", core.of(parameters).adjoint());
            return new GateInstruction(undone, List.of(), instruction.allControls(), instruction.coreTargets());
        }
        return new GateInstruction(
                StandardGates.row(inverse.gate()),
                GateInstruction.boxed(inverse.parameters().apply(parameters)),
                instruction.controls(),
                instruction.targets());
    }

    /// The simpler gates this one is made of, in the order of time, on operands 0 to arity - 1; empty for the gates
    /// that everything else is made of (`gphase`, `u`, `cx`) and for gates given by a matrix. The product is exact,
    /// global phase included.
    public List<GateInstruction> decomposition(double... parameters) {
        if (recipe == null) {
            return List.of();
        }
        Steps steps = new Steps();
        recipe.emit(steps, parameters);
        return List.copyOf(steps.collected);
    }

    @Override
    public String toString() {
        return name;
    }
}
