package org.quantumhub.team.service;

import java.util.UUID;

/// The one key of AWS KMS that is configured. KMS renews its material by itself, or when asked to; what was wrapped
/// under
/// older material opens all the same, and a wish for a new master key wraps it anew under the newest.
record KmsMasterKeys(KmsKey configured) implements MasterKeys {

    @Override
    public String place() {
        return configured.id();
    }

    @Override
    public String current() {
        return configured.id();
    }

    @Override
    public String renewed(UUID wish) {
        return configured.id();
    }
}
