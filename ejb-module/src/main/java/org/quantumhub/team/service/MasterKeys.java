package org.quantumhub.team.service;

import java.security.GeneralSecurityException;
import java.util.UUID;

/// Where the master keys lie under which this server wraps new data keys: a file of the home, or AWS KMS. Every wrapped
/// data key names its master key, so that it opens wherever new ones are wrapped by now.
interface MasterKeys {

    /// What tells the places apart.
    String place();

    /// The key under which new data keys are wrapped.
    ///
    /// @throws MasterKeyException when it cannot be had now
    String current() throws GeneralSecurityException;

    /// The key under which a wish for a new master key wraps the data keys; the same for the same wish.
    ///
    /// @throws MasterKeyException when it cannot be had now
    String renewed(UUID wish) throws GeneralSecurityException;
}
