package org.quantumhub.launch;

import java.io.Serial;

/// Something that a person can cure, said in one sentence.
public final class HubFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public HubFailure(String sentence) {
        super(sentence);
    }

    public HubFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /// The first line of what something else said, to be part of a sentence.
    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
