package org.quantumhub.account;

import java.util.UUID;

/// Something has changed in how an account is entered, and its owner must hear of it, in case it was somebody else.
///
/// @param email where to tell it: the address that was valid before the change
public record AccountSecured(UUID userId, String username, String email, Change change) {

    /// What has changed.
    public enum Change {
        PASSWORD_CHANGED("The password of your account was changed. All sessions have ended."),
        EMAIL_CHANGED("The e-mail address of your account was changed; this one is not used any more."),
        FACTOR_ADDED("A second factor was added to your account."),
        FACTOR_REMOVED("The second factor was removed from your account."),
        RECOVERY_CODE_USED("Somebody signed in to your account with a recovery code."),
        SESSION_REUSED(
                "A session of your account was ended, because its refresh token was used twice. If this was not a fault of your program, somebody has copied it.");

        private final String text;

        Change(String text) {
            this.text = text;
        }

        /// One or two sentences for the owner.
        public String text() {
            return text;
        }
    }
}
