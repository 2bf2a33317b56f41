package org.quantumhub.hardware.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.quantumhub.team.Secret;
import org.quantumhub.team.service.SecretValidator;

/// Tries teams' credentials out: each provider is asked something that only the holder of the account is told.
@ApplicationScoped
public class AccountValidator implements SecretValidator {

    @Inject
    Providers providers;

    @Inject
    ProviderCredentials credentials;

    @Override
    public Map<String, Set<String>> keys() {
        Map<String, Set<String>> keys = new TreeMap<>();
        providers.withAccounts().forEach(provider -> {
            AccountKeys account = provider.accountKeys();
            keys.put(account.provider(), account.names());
        });
        return keys;
    }

    @Override
    public Verdict validate(UUID teamId, String provider, Map<String, Secret> secrets) {
        QuantumProvider adapter = providers.withAccounts().stream()
                .filter(one -> one.accountKeys().provider().equals(provider))
                .findFirst()
                .orElseThrow();
        AccountKeys account = adapter.accountKeys();
        Set<String> missing = new TreeSet<>(account.required());
        missing.removeAll(secrets.keySet());
        if (!missing.isEmpty()) {
            return Verdict.incomplete(
                    "An account at " + account.title() + " needs " + String.join(" and ", missing) + " as well.");
        }
        try {
            credentials.in(Account.trial(teamId, secrets), () -> {
                adapter.tryAccount();
                return account;
            });
            return Verdict.valid();
        } catch (ProviderException e) {
            return e.isAboutCredentials()
                    ? Verdict.invalid(account.title() + " refuses them: " + words(e))
                    : Verdict.unasked(account.title() + " could not be asked: " + words(e));
        }
    }

    private static String words(ProviderException e) {
        return e.code() + ", " + e.getMessage();
    }
}
