package org.quantumhub.team.service;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// Envelopes of servers with one setting or another.
final class Servers {

    private Servers() {}

    /// Keeps its master keys in the file of a home.
    static Envelopes withFile(Path home, String password) {
        return started(home, password, Optional.empty(), Optional.empty());
    }

    /// Keeps its master keys in the file of a home, and reaches a key service.
    static Envelopes withFile(Path home, String password, URI kms) {
        return started(home, password, Optional.empty(), Optional.of(kms.toString()));
    }

    static Envelopes withKms(Path home, String password, URI kms, String key) {
        return started(home, password, Optional.of(key), Optional.of(kms.toString()));
    }

    private static Envelopes started(Path home, String password, Optional<String> key, Optional<String> kms) {
        Envelopes made = new Envelopes();
        made.config = new SecretConfig();
        made.config.home = Optional.of(home.toString());
        made.config.keystore = Optional.empty();
        made.config.password = Optional.of(password);
        made.config.kmsKey = key;
        made.config.kmsEndpoint = kms;
        made.config.kmsTimeoutSeconds = 20;
        made.clock = Clock.systemUTC();
        made.prepare();
        return made;
    }
}
