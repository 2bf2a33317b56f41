package org.quantumhub.team.service;

import java.security.GeneralSecurityException;

/// A data key that does not open and never will: its master key is gone, or it is not what was wrapped.
final class DataKeyLostException extends Exception {

    DataKeyLostException(GeneralSecurityException why) {
        super(why.getMessage(), why);
    }
}
