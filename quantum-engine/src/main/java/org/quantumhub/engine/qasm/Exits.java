package org.quantumhub.engine.qasm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Instruction;

/// `break`, `continue`, `return` and `end` under conditions that only the run decides.
///
/// Each loop, call and program that statements may leave has a scratch bit that says that it has been left, made when
/// it
/// is needed. Leaving sets the bits of everything that is left, and what follows a statement that may have done so is
/// carried out under the condition that none of them is set.
final class Exits {
    enum Kind {
        PROGRAM,
        CALL,
        LOOP
    }

    /// Something that statements may leave.
    static final class Frame {
        private final Kind kind;
        /// Bits that are ready to be used below, where the circuit may come along more than once.
        private @Nullable Integer readyLeft;

        private @Nullable Integer readySkipped;
        /// Set by `break`, `return` and `end`.
        private @Nullable Integer left;
        /// Set by `continue`, for one turn.
        private @Nullable Integer skipped;
        /// What a call gives back when the run decides where it ends.
        private @Nullable Type resultType;

        private List<Integer> result = List.of();

        private Frame(Kind kind) {
            this.kind = kind;
        }

        /// The bit that says that it has been left, if that is possible at all.
        @Nullable
        Integer left() {
            return left;
        }

        List<Integer> result() {
            return result;
        }
    }

    private final Emission emission;
    private final Variables variables;
    private final Evaluator evaluator;
    private final Scope global;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int taken;

    Exits(Emission emission, Variables variables, Evaluator evaluator, Scope global) {
        this.emission = emission;
        this.variables = variables;
        this.evaluator = evaluator;
        this.global = global;
    }

    /// Begins a loop, a call or the program. Where it may begin again, in a loop of the circuit, its bits start anew.
    Frame enter(Kind kind, Token at, @Nullable Type result, List<Statement> body) {
        Frame frame = new Frame(kind);
        frame.resultType = result;
        frames.push(frame);
        if (emission.depth() > 0) {
            makeReady(frame, at, body);
        }
        return frame;
    }

    void leave() {
        frames.pop();
    }

    /// Makes the bits that a loop of the circuit may need, before the circuit enters it.
    void prepare(Frame frame, Token at, List<Statement> body) {
        makeReady(frame, at, body);
        frame.left = frame.left == null ? frame.readyLeft : frame.left;
        frame.skipped = frame.skipped == null ? frame.readySkipped : frame.skipped;
    }

    private void makeReady(Frame frame, Token at, List<Statement> body) {
        if (frame.readyLeft == null
                && frame.left == null
                && mayLeave(body, frame.kind == Kind.LOOP ? "break" : "return")) {
            frame.readyLeft = bit(at);
            clear(at, frame.readyLeft);
        }
        if (frame.readySkipped == null
                && frame.skipped == null
                && frame.kind == Kind.LOOP
                && mayLeave(body, "continue")) {
            frame.readySkipped = bit(at);
            clear(at, frame.readySkipped);
        }
    }

    /// Begins a turn of a loop.
    void startTurn(Frame frame, Token at) {
        if (frame.skipped != null) {
            clear(at, frame.skipped);
        }
    }

    private Integer bit(Token at) {
        return emission.newScratch(at, 1).getFirst();
    }

    private void clear(Token at, Integer bit) {
        emission.reserve(at, 1);
        emission.add(new Instruction.Assign(List.of(bit), new ClassicalExpression.Constant(0)));
    }

    /// Whether statements may leave in this way or, with `return`, by `end`.
    private static boolean mayLeave(List<Statement> statements, String kind) {
        boolean loopOnly = !kind.equals("return");
        return statements.stream().anyMatch(statement -> switch (statement) {
            case Statement.Jump jump -> jump.at().is(kind) || jump.at().is("end") && !kind.equals("continue");
            case Statement.Return ignored -> !kind.equals("continue");
            case Statement.If one -> mayLeave(one.then(), kind) || mayLeave(one.otherwise(), kind);
            case Statement.Switch one -> one.cases().stream().anyMatch(each -> mayLeave(each.body(), kind));
            case Statement.Block block -> mayLeave(block.body(), kind);
            case Statement.While loop -> mayLeave(loop.body(), loopOnly ? "return" : kind) && !kind.equals("continue");
            case Statement.For loop -> mayLeave(loop.body(), loopOnly ? "return" : kind) && !kind.equals("continue");
            default -> false;
        });
    }

    /// How often leaving has become part of the circuit.
    int taken() {
        return taken;
    }

    /// Leaves, at this point of the circuit and under the conditions around it.
    void take(Jump jump) {
        taken++;
        Token at = jump.at;
        if (jump.is("continue")) {
            Frame loop = frames.peek();
            if (loop == null || loop.kind != Kind.LOOP) {
                throw nothingToLeave(at);
            }
            loop.skipped = loop.skipped == null ? loop.readySkipped : loop.skipped;
            loop.skipped = loop.skipped == null ? bit(at) : loop.skipped;
            set(at, loop.skipped);
            return;
        }
        for (Frame frame : frames) {
            boolean last = jump.is("break") || jump.is("return") && frame.kind == Kind.CALL;
            if (jump.is("break") && frame.kind != Kind.LOOP || jump.is("return") && frame.kind == Kind.PROGRAM) {
                throw nothingToLeave(at);
            }
            if (jump.is("return") && last) {
                giveBack(frame, jump);
            }
            frame.left = frame.left == null ? frame.readyLeft : frame.left;
            frame.left = frame.left == null ? bit(at) : frame.left;
            set(at, frame.left);
            if (last) {
                return;
            }
        }
    }

    static RuntimeException nothingToLeave(Token at) {
        return at.problem(CircuitProblem.SYNTAX, at.shown() + " has nothing to leave here.");
    }

    private void set(Token at, Integer bit) {
        emission.reserve(at, 1);
        emission.add(new Instruction.Assign(List.of(bit), new ClassicalExpression.Constant(1)));
    }

    private void giveBack(Frame call, Jump jump) {
        Type type = call.resultType;
        if (type == null) {
            return;
        }
        if (call.result.isEmpty()) {
            call.result = variables.newStorage(jump.at, type, global);
        }
        Value value = evaluator.convert(jump.at, type, jump.value, global);
        emission.reserve(jump.at, 1);
        emission.add(new Instruction.Assign(
                call.result,
                Arithmetic.expression(jump.at, Variables.asStored(type, call.result.size(), value, jump.at))));
    }

    /// That nothing around has been left so far; null when nothing around can have been.
    @Nullable
    ClassicalExpression staying() {
        List<Integer> bits = new ArrayList<>();
        for (Frame frame : frames) {
            if (frame.left != null) {
                bits.add(frame.left);
            }
            if (frame.skipped != null) {
                bits.add(frame.skipped);
            }
        }
        ClassicalExpression none = null;
        for (int from = 0; from < bits.size(); from += 64) {
            ClassicalExpression some =
                    ClassicalExpression.equal(bits.subList(from, Math.min(from + 64, bits.size())), 0);
            none = none == null
                    ? some
                    : new ClassicalExpression.Binary(ClassicalExpression.BinaryOperator.BOTH, none, some);
        }
        return none;
    }
}
