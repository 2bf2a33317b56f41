package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Reads statements by recursive descent.
final class StatementParser {
    private static final Set<String> REFUSED = Set.of("opaque", "extern", "defcal", "defcalgrammar", "cal");
    private static final Set<String> ASSIGNMENTS =
            Set.of("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=");
    private static final Set<String> INCLUDES = Set.of("qelib1.inc", "stdgates.inc", "stdgates.qasm");

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final ControlParser control;
    private final boolean version2;

    StatementParser(TokenStream tokens, boolean version2) {
        this.tokens = tokens;
        this.version2 = version2;
        this.expressions = new ExpressionParser(tokens, version2);
        this.control = new ControlParser(tokens, expressions, this::block);
    }

    /// All statements up to the end of the text.
    List<Statement> program() {
        List<Statement> statements = new ArrayList<>();
        while (tokens.peek().kind() != Token.Kind.END) {
            Statement statement = statement();
            if (statement != null) {
                statements.add(statement);
            }
        }
        return statements;
    }

    private List<Statement> block() {
        tokens.enter();
        List<Statement> statements = new ArrayList<>();
        if (tokens.accept("{")) {
            while (!tokens.peek().is("}")) {
                if (tokens.peek().kind() == Token.Kind.END) {
                    throw tokens.peek().expected("'}'");
                }
                Statement statement = statement();
                if (statement != null) {
                    statements.add(statement);
                }
            }
            tokens.next();
        } else {
            Statement statement = statement();
            if (statement != null) {
                statements.add(statement);
            }
        }
        tokens.leave();
        return statements;
    }

    /// One statement, or null for one that has no effect.
    private @Nullable Statement statement() {
        tokens.startStatement();
        Token token = tokens.peek();
        if (token.kind() == Token.Kind.LINE) {
            tokens.next();
            return new Statement.Pragma(token, token.text());
        }
        if (token.is(";")) {
            tokens.next();
            return null;
        }
        if (token.is("{")) {
            return new Statement.Block(token, block());
        }
        if (token.kind() != Token.Kind.NAME) {
            return expressionStatement(token);
        }
        if (REFUSED.contains(token.text())) {
            throw token.problem(
                    CircuitProblem.UNSUPPORTED,
                    "'" + token.text() + "' has no definition in terms of gates, so it cannot be simulated.");
        }
        return switch (token.text()) {
            case "include" -> include();
            case "qreg", "creg" -> register();
            case "const", "input", "output" -> qualified();
            case "gate" -> gateDefinition();
            case "measure" -> measure();
            case "reset" -> reset();
            case "barrier" -> barrier();
            case "delay" -> delay();
            case "nop" -> nothing();
            case "box" -> box();
            case "if" -> control.conditional();
            case "while" -> control.loop();
            case "for" -> control.counting();
            case "let" -> alias();
            case "break", "continue", "end" -> jump();
            case "switch" -> control.choice();
            case "def" -> subroutine();
            case "return" -> result();
            case "ctrl", "negctrl", "inv", "pow" -> gateCall();
            case "OPENQASM" ->
                throw token.problem(CircuitProblem.SYNTAX, "The version is stated once, in the first statement.");
            default ->
                ExpressionParser.TYPES.contains(token.text()) && !tokens.peek(1).is("(")
                        ? declaration(token, Statement.Role.VARIABLE)
                        : callOrExpression(token);
        };
    }

    private @Nullable Statement include() {
        tokens.next();
        Token file = tokens.next();
        if (file.kind() != Token.Kind.STRING) {
            throw file.expected("the name of a file in quotes");
        }
        if (!INCLUDES.contains(file.text())) {
            throw file.problem(CircuitProblem.UNSUPPORTED, "Only \"qelib1.inc\" and \"stdgates.inc\" can be included.");
        }
        tokens.expect(";");
        return null;
    }

    /// `qreg q[3];` and `creg c[3];`
    private Statement register() {
        Token at = tokens.next();
        Token name = tokens.name("the name of a register");
        Expression size = null;
        if (tokens.accept("[")) {
            size = expressions.expression();
            tokens.expect("]");
        } else if (version2) {
            throw tokens.peek().expected("'['");
        }
        tokens.expect(";");
        Type type = new Type(at, at.is("qreg") ? "qubit" : "bit", size, List.of());
        return new Statement.Declaration(at, type, name, null, Statement.Role.VARIABLE);
    }

    private Statement qualified() {
        Token at = tokens.next();
        Statement.Role role = switch (at.text()) {
            case "const" -> Statement.Role.CONSTANT;
            case "input" -> Statement.Role.INPUT;
            default -> Statement.Role.OUTPUT;
        };
        return declaration(at, role);
    }

    private Statement declaration(Token at, Statement.Role role) {
        Type type = expressions.type();
        Token name = tokens.name("a name");
        Expression initial = tokens.accept("=") ? expressions.value() : null;
        tokens.expect(";");
        return new Statement.Declaration(at, type, name, initial, role);
    }

    private Statement gateDefinition() {
        Token at = tokens.next();
        Token name = tokens.name("the name of a gate");
        List<Token> parameters = new ArrayList<>();
        if (tokens.accept("(")) {
            parameters.addAll(names(")"));
            tokens.expect(")");
        }
        List<Token> qubits = names("{");
        if (!tokens.peek().is("{")) {
            throw tokens.peek().expected("'{'");
        }
        return new Statement.GateDefinition(at, name, parameters, qubits, block());
    }

    private List<Token> names(String end) {
        List<Token> names = new ArrayList<>();
        while (!tokens.peek().is(end)) {
            names.add(tokens.name("a name"));
            if (!tokens.accept(",")) {
                break;
            }
        }
        return names;
    }

    /// `measure q -> c;`, and `measure q;` whose outcome nobody keeps.
    private Statement measure() {
        Token at = tokens.next();
        Expression source = expressions.expression();
        Expression target = null;
        if (tokens.accept("->")) {
            target = expressions.expression();
        } else if (version2) {
            throw tokens.peek().expected("'->'");
        }
        tokens.expect(";");
        return new Statement.Measure(at, source, target);
    }

    private Statement reset() {
        Token at = tokens.next();
        Expression operand = expressions.expression();
        tokens.expect(";");
        return new Statement.Reset(at, operand);
    }

    private Statement barrier() {
        Token at = tokens.next();
        List<Expression> operands = operands();
        tokens.expect(";");
        return new Statement.Barrier(at, operands);
    }

    private Statement delay() {
        Token at = tokens.next();
        tokens.expect("[");
        Expression duration = expressions.expression();
        tokens.expect("]");
        List<Expression> operands = operands();
        tokens.expect(";");
        return new Statement.Delay(at, duration, operands);
    }

    private List<Expression> operands() {
        List<Expression> operands = new ArrayList<>();
        while (!tokens.peek().is(";")) {
            operands.add(expressions.expression());
            if (!tokens.accept(",")) {
                break;
            }
        }
        return operands;
    }

    /// `nop q[0];` says that qubits take part in a box, and does nothing.
    private Statement nothing() {
        Token at = tokens.next();
        List<Expression> operands = operands();
        tokens.expect(";");
        return new Statement.Delay(at, new Expression.Literal(at, new Value.Duration(0)), operands);
    }

    private Statement box() {
        Token at = tokens.next();
        if (tokens.accept("[")) {
            expressions.expression();
            tokens.expect("]");
        }
        if (!tokens.peek().is("{")) {
            throw tokens.peek().expected("'{'");
        }
        return new Statement.Block(at, block());
    }

    private Statement subroutine() {
        Token at = tokens.next();
        Token name = tokens.name("the name of a subroutine");
        tokens.expect("(");
        List<Statement.Parameter> parameters = new ArrayList<>();
        while (!tokens.peek().is(")")) {
            parameters.add(parameter());
            if (!tokens.accept(",")) {
                break;
            }
        }
        tokens.expect(")");
        Type result = tokens.accept("->") ? expressions.type() : null;
        if (!tokens.peek().is("{")) {
            throw tokens.peek().expected("'{'");
        }
        return new Statement.Subroutine(at, name, parameters, result, block());
    }

    private Statement.Parameter parameter() {
        Token at = tokens.peek();
        if (at.is("qreg") || at.is("creg")) {
            tokens.next();
            Token name = tokens.name("the name of a parameter");
            Expression size = null;
            if (tokens.accept("[")) {
                size = expressions.expression();
                tokens.expect("]");
            }
            return new Statement.Parameter(
                    new Type(at, at.is("qreg") ? "qubit" : "bit", size, List.of()), name, false, false);
        }
        boolean changes = tokens.accept("mutable");
        boolean fixed = !changes && tokens.accept("readonly");
        return new Statement.Parameter(expressions.type(), tokens.name("the name of a parameter"), changes, fixed);
    }

    private Statement result() {
        Token at = tokens.next();
        Expression value = tokens.peek().is(";") ? null : expressions.expression();
        tokens.expect(";");
        return new Statement.Return(at, value);
    }

    private Statement alias() {
        Token at = tokens.next();
        Token name = tokens.name("a name");
        tokens.expect("=");
        Expression value = joined();
        tokens.expect(";");
        return new Statement.Alias(at, name, value);
    }

    private Expression joined() {
        Expression left = expressions.expression();
        while (tokens.peek().is("++")) {
            Token at = tokens.next();
            tokens.count(at);
            left = new Expression.Joined(at, left, expressions.expression());
        }
        return left;
    }

    private Statement jump() {
        Token at = tokens.next();
        tokens.expect(";");
        return new Statement.Jump(at);
    }

    /// A name at the start is a gate when operands follow it, and part of an expression otherwise.
    private Statement callOrExpression(Token first) {
        Token second = tokens.peek(1);
        if (second.kind() == Token.Kind.NAME || second.is("(") && namesFollowParenthesis() || first.is("gphase")) {
            return gateCall();
        }
        return expressionStatement(first);
    }

    private boolean namesFollowParenthesis() {
        int depth = 0;
        for (int ahead = 1; ; ahead++) {
            Token token = tokens.peek(ahead);
            if (token.kind() == Token.Kind.END || token.is(";")) {
                return false;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0) {
                return tokens.peek(ahead + 1).kind() == Token.Kind.NAME;
            }
        }
    }

    private Statement gateCall() {
        Token at = tokens.peek();
        List<Statement.Modifier> modifiers = new ArrayList<>();
        while (tokens.peek().is("ctrl")
                || tokens.peek().is("negctrl")
                || tokens.peek().is("inv")
                || tokens.peek().is("pow")) {
            Token kind = tokens.next();
            Expression argument = null;
            if (tokens.accept("(")) {
                argument = expressions.expression();
                tokens.expect(")");
            } else if (kind.is("pow")) {
                throw tokens.peek().expected("'('");
            }
            tokens.expect("@");
            if (modifiers.size() >= tokens.limits.maxNesting()) {
                throw kind.problem(
                        CircuitProblem.LIMIT_EXCEEDED,
                        "A gate may have at most " + tokens.limits.maxNesting() + " modifiers.");
            }
            modifiers.add(new Statement.Modifier(kind, argument));
        }
        Token name = tokens.name("the name of a gate");
        List<Expression> arguments = tokens.accept("(") ? expressions.arguments() : List.of();
        List<Expression> operands = operands();
        tokens.expect(";");
        return new Statement.GateCall(at, modifiers, name, arguments, operands);
    }

    private Statement expressionStatement(Token at) {
        Expression left = expressions.expression();
        Token operator = tokens.peek();
        if (operator.kind() == Token.Kind.SYMBOL && ASSIGNMENTS.contains(operator.text())) {
            tokens.next();
            Expression right = expressions.value();
            tokens.expect(";");
            String text = operator.text();
            return new Statement.Assign(at, left, text.substring(0, text.length() - 1), right);
        }
        if (!tokens.peek().is(";")) {
            throw tokens.peek().expected("';'");
        }
        tokens.next();
        return new Statement.Evaluate(at, left);
    }
}
