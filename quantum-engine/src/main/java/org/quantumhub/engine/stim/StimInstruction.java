package org.quantumhub.engine.stim;

import java.util.List;

/// One line of a Stim circuit.
sealed interface StimInstruction {
    /// A gate, measurement, noise process or annotation.
    ///
    /// @param name in upper case, aliases replaced
    /// @param tag the text in brackets behind the name, usually empty
    /// @param arguments the numbers in parentheses
    record Plain(String name, String tag, List<Double> arguments, List<StimTarget> targets) implements StimInstruction {
        public Plain {
            arguments = List.copyOf(arguments);
            targets = List.copyOf(targets);
        }
    }

    /// A body that is carried out so many times.
    record Repeat(long count, List<StimInstruction> body) implements StimInstruction {
        public Repeat {
            body = List.copyOf(body);
        }
    }
}
