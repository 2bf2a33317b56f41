package org.quantumhub.engine.circuit;

import java.nio.charset.StandardCharsets;

/// What a reader is willing to take from a stranger. Every limit is checked before the memory is spent.
///
/// @param maxSourceBytes length of the text, in bytes of UTF-8
/// @param maxQubits qubits of one circuit; whether they fit into a machine is decided later, by the cost of the run
/// @param maxClbits classical bits of one circuit, scratch bits of variables included
/// @param maxOperations instructions after gate definitions, broadcasts, powers and loops are expanded; counted
///     without expanding anything
/// @param maxNesting depth of nested brackets, blocks and definitions
/// @param maxIdentifierLength characters of a name
/// @param maxDigits digits of a number literal; a decimal exponent may have at most four
/// @param maxParseMillis time for reading one circuit
public record CircuitLimits(
        int maxSourceBytes,
        int maxQubits,
        int maxClbits,
        int maxOperations,
        int maxNesting,
        int maxIdentifierLength,
        int maxDigits,
        int maxParseMillis) {

    private static final CircuitLimits DEFAULTS = new CircuitLimits(1 << 20, 1024, 4096, 1_000_000, 64, 128, 256, 1000);

    /// The limits of the hub's public door.
    public static CircuitLimits defaults() {
        return DEFAULTS;
    }

    /// Refuses a text that is too long.
    ///
    /// @throws CircuitException LIMIT_EXCEEDED
    public void checkLength(String text) {
        // A character takes one to three bytes (four for a pair of two), so most texts need not be encoded to know.
        if (text.length() > maxSourceBytes
                || text.length() > maxSourceBytes / 3
                        && text.getBytes(StandardCharsets.UTF_8).length > maxSourceBytes) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED, "The text is longer than %d bytes.", maxSourceBytes);
        }
    }

    public CircuitLimits withMaxSourceBytes(int value) {
        return new CircuitLimits(
                value, maxQubits, maxClbits, maxOperations, maxNesting, maxIdentifierLength, maxDigits, maxParseMillis);
    }

    public CircuitLimits withMaxQubits(int value) {
        return new CircuitLimits(
                maxSourceBytes,
                value,
                maxClbits,
                maxOperations,
                maxNesting,
                maxIdentifierLength,
                maxDigits,
                maxParseMillis);
    }

    public CircuitLimits withMaxClbits(int value) {
        return new CircuitLimits(
                maxSourceBytes,
                maxQubits,
                value,
                maxOperations,
                maxNesting,
                maxIdentifierLength,
                maxDigits,
                maxParseMillis);
    }

    public CircuitLimits withMaxOperations(int value) {
        return new CircuitLimits(
                maxSourceBytes,
                maxQubits,
                maxClbits,
                value,
                maxNesting,
                maxIdentifierLength,
                maxDigits,
                maxParseMillis);
    }

    public CircuitLimits withMaxNesting(int value) {
        return new CircuitLimits(
                maxSourceBytes,
                maxQubits,
                maxClbits,
                maxOperations,
                value,
                maxIdentifierLength,
                maxDigits,
                maxParseMillis);
    }

    public CircuitLimits withMaxParseMillis(int value) {
        return new CircuitLimits(
                maxSourceBytes, maxQubits, maxClbits, maxOperations, maxNesting, maxIdentifierLength, maxDigits, value);
    }
}
