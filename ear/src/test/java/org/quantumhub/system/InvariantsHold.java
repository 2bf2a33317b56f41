package org.quantumhub.system;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Checks the books after each story.
final class InvariantsHold implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext context) {
        Invariants.hold(RunningHub.hub().sql());
    }
}
