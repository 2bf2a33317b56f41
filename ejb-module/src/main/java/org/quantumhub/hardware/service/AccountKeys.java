package org.quantumhub.hardware.service;

import java.util.Set;
import java.util.TreeSet;

/// The secrets that make an account with a provider. A team that has stored any of them works in its own account there;
/// one that has stored none, in the hub's.
///
/// @param provider the slug under which they are stored
/// @param title the provider's name, for people
/// @param required without which there is no account
/// @param optional what may be added
public record AccountKeys(String provider, String title, Set<String> required, Set<String> optional) {

    /// For providers with which nobody has an account.
    public static final AccountKeys NONE = new AccountKeys("", "", Set.of(), Set.of());

    public AccountKeys {
        required = Set.copyOf(required);
        optional = Set.copyOf(optional);
    }

    public Set<String> names() {
        Set<String> names = new TreeSet<>(required);
        names.addAll(optional);
        return names;
    }
}
