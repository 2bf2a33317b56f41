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
}
