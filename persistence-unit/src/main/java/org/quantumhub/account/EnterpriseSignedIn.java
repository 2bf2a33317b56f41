package org.quantumhub.account;

import java.util.Set;
import java.util.UUID;

/// Somebody was signed in by the company's identity provider. Fired outside of any transaction, before the session
/// begins.
///
/// @param groups what the provider says the person belongs to
public record EnterpriseSignedIn(UUID userId, Set<String> groups) {

    public EnterpriseSignedIn {
        groups = Set.copyOf(groups);
    }
}
