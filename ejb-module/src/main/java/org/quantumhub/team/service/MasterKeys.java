package org.quantumhub.team.service;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;

/// The keys under which data keys are wrapped. They are never in the database.
interface MasterKeys {

    /// The key under which new data keys are wrapped, made when there is none yet.
    String current() throws GeneralSecurityException;

    /// Wraps and unwraps under a key.
    ///
    /// @throws GeneralSecurityException when this server does not have the key
    Aead key(String id) throws GeneralSecurityException;

    /// Makes a new key the current one; earlier ones go on opening what they wrapped.
    ///
    /// @return the new current key
    String renew() throws GeneralSecurityException;
}
