package org.quantumhub.account;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an API key is meant for: a resource of the API and whether it may change it. `jobs:read`, `jobs:write`,
/// `jobs:*`, `*:read`, or `*` for everything its owner may do.
///
/// @param resource the first part of the path behind the version, or `*`
/// @param verb `read`, `write` or `*`
public record Scope(String resource, String verb) {

    /// Everything.
    public static final String ALL = "*";

    public static final String READ = "read";
    public static final String WRITE = "write";

    private static final Pattern GRAMMAR = Pattern.compile("(\\*|[a-z][a-z-]{0,39}):(read|write|\\*)");

    /// Resources through which a key could make itself more powerful; they take a key that is meant for everything.
    private static final Set<String> POWER = Set.of("api-keys", "users");

    /// @return empty when the text is no scope
    public static Optional<Scope> read(String text) {
        if (text.equals(ALL)) {
            return Optional.of(new Scope(ALL, ALL));
        }
        Matcher matcher = GRAMMAR.matcher(text);
        return matcher.matches() ? Optional.of(new Scope(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    private boolean covers(String wanted, String how) {
        return (resource.equals(ALL) || resource.equals(wanted)) && (verb.equals(ALL) || verb.equals(how));
    }

    /// Whether one of these scopes covers a request.
    public static boolean cover(Collection<Scope> scopes, String resource, String verb) {
        return verb.equals(WRITE) && POWER.contains(resource)
                ? scopes.contains(new Scope(ALL, ALL))
                : scopes.stream().anyMatch(scope -> scope.covers(resource, verb));
    }
}
