package org.quantumhub.account.service;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what a person belongs to in the claims of an ID token.
final class GroupClaims {

    private GroupClaims() {}

    /// @param paths names of claims; `a.b` is also the member `b` of the claim `a`, if no claim is called like that
    static Set<String> of(Map<String, Object> claims, List<String> paths) {
        Set<String> groups = new LinkedHashSet<>();
        for (String path : paths) {
            switch (find(claims, path)) {
                case null -> {
                    // this person has no such claim
                }
                case Collection<?> several -> several.forEach(group -> groups.add(String.valueOf(group)));
                case Object one -> groups.add(String.valueOf(one));
            }
        }
        return groups;
    }

    /// Names may themselves hold dots, as those of clients do: the longest name that is there counts.
    private static @Nullable Object find(Map<?, ?> members, String path) {
        Object found = members.get(path);
        for (int dot = path.lastIndexOf('.'); found == null && dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (members.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                found = find(inner, path.substring(dot + 1));
            }
        }
        return found;
    }
}
