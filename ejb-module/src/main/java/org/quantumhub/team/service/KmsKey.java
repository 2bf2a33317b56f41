package org.quantumhub.team.service;

import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key of AWS KMS by its full name, such as
/// `arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`. An alias will not do: it can be
/// led
/// to another key, and what the first one wrapped would not open.
record KmsKey(String arn) {

    private static final String SCHEME = "aws-kms://";
    private static final Pattern ARN =
            Pattern.compile("arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]{1,40}):\\d{12}:key/[A-Za-z0-9-]{1,60}");

    /// @throws IllegalArgumentException when it is not the ARN of a key
    KmsKey {
        if (!ARN.matcher(arn).matches()) {
            throw new IllegalArgumentException("'" + arn + "' is not the ARN of a key of AWS KMS:"
                    + " arn:aws:kms:<region>:<account>:key/<id>; the ARN of an alias will not do.");
        }
    }

    static boolean isNamedBy(String masterKeyId) {
        return masterKeyId.startsWith(SCHEME);
    }

    /// The key that wrapped a data key.
    static KmsKey named(String masterKeyId) throws GeneralSecurityException {
        try {
            return new KmsKey(masterKeyId.substring(SCHEME.length()));
        } catch (IllegalArgumentException altered) {
            throw new GeneralSecurityException(altered.getMessage(), altered);
        }
    }

    /// How a wrapped data key names it.
    String id() {
        return SCHEME + arn;
    }

    String region() {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw new IllegalStateException("checked when it was made");
        }
        return parts.group(1);
    }
}
