package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.quantumhub.account.Scope;
import org.quantumhub.account.service.ApiKeys.KeyHolder;
import org.quantumhub.account.service.RateLimits.Standing;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// What is asked of every request that shows an API key: whether the key is meant for it, and whether it comes too
/// often.
@ApplicationScoped
public class RequestGate {

    @Inject
    RateLimits limits;

    @Inject
    ApiKeyUse use;

    /// @param resource the first part of the path behind the version, such as `jobs`
    /// @param reads whether the request changes nothing
    /// @param endpoint under which its use is counted, such as `GET /jobs/{id}`
    /// @return how the key's limit stands, if it has one
    /// @throws HubException `SCOPE_MISSING`, `TOO_MANY_REQUESTS`
    public Optional<Standing> pass(KeyHolder holder, String resource, boolean reads, String endpoint) {
        Optional<Standing> standing = holder.rateLimit() == null
                ? Optional.empty()
                : Optional.of(limits.spend(holder.keyId(), holder.rateLimit()));
        use.note(holder.keyId(), holder.userId(), endpoint);
        String verb = reads ? Scope.READ : Scope.WRITE;
        if (!Scope.cover(holder.scopes(), resource, verb)) {
            throw new HubException(
                            ProblemCode.SCOPE_MISSING, "This API key is not meant for " + resource + ":" + verb + ".")
                    .with("scope", resource + ":" + verb);
        }
        return standing;
    }
}
