package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.Secret;
import org.quantumhub.team.SecretRegister.Due;
import org.quantumhub.team.SecretValidation;
import org.quantumhub.team.service.SecretValidator.Verdict;

/// Tries secrets out with their providers: new ones soon, all of them once a day, and again after growing pauses where
/// a
/// provider could not be asked. A network that is slow holds no transaction open.
@ApplicationScoped
public class SecretCheck {

    private static final Logger LOG = System.getLogger(SecretCheck.class.getName());
    private static final int LONGEST_ERROR = 500;
    private static final int MOST_IN_A_ROW = 20;

    @Inject
    @Any
    Instance<SecretValidator> validators;

    @Inject
    SecretSchedule schedule;

    @Inject
    SecretVault vault;

    /// @return how many credentials were tried out
    public int run() {
        Map<String, SecretValidator> byProvider = new TreeMap<>();
        validators.forEach(
                validator -> validator.keys().keySet().forEach(provider -> byProvider.put(provider, validator)));
        int tried = 0;
        while (!byProvider.isEmpty() && tried < MOST_IN_A_ROW) {
            Optional<Due> due = schedule.due(byProvider.keySet());
            if (due.isEmpty() || !judge(due.get(), byProvider.get(due.get().provider()))) {
                break;
            }
            tried++;
        }
        return tried;
    }

    /// @return whether there is any use in going on: a master key that is out of reach is so for the next one, too, and
    ///     each may take as long as a key service is given
    private boolean judge(Due due, @Nullable SecretValidator validator) {
        if (validator == null) {
            return true;
        }
        Set<String> known = validator.keys().getOrDefault(due.provider(), Set.of());
        Map<String, Secret> credentials = new TreeMap<>();
        Set<String> others = new TreeSet<>();
        Verdict verdict;
        try {
            vault.tryOut(due.teamId(), due.provider()).forEach((name, secret) -> {
                if (known.contains(name)) {
                    credentials.put(name, secret);
                } else {
                    others.add(name);
                }
            });
            verdict = credentials.isEmpty()
                    ? Verdict.valid()
                    : validator.validate(due.teamId(), due.provider(), Map.copyOf(credentials));
        } catch (Exception failed) {
            LOG.log(Level.INFO, "secret not validated team={0} provider={1}", due.teamId(), due.provider());
            if (failed instanceof HubException away && away.code() == ProblemCode.SECRETS_UNAVAILABLE) {
                // says nothing about the secret: its verdict stays, and it is due again after its lease
                return false;
            }
            verdict = Verdict.unasked(failed.getClass().getSimpleName() + ": " + failed.getMessage());
        }
        schedule.note(due, names(credentials, known), verdict.status(), shortened(verdict.error(), credentials));
        if (!others.isEmpty()) {
            schedule.note(
                    due,
                    others,
                    SecretValidation.UNKNOWN,
                    "No key of this name belongs to the provider; these do: " + String.join(", ", new TreeSet<>(known))
                            + ".");
        }
        return true;
    }

    /// What could not even be opened is in trouble as well.
    private static Set<String> names(Map<String, Secret> credentials, Set<String> known) {
        return credentials.isEmpty() ? known : credentials.keySet();
    }

    /// A provider may answer with what it was sent; that is not for the database.
    private static @Nullable String shortened(@Nullable String error, Map<String, Secret> credentials) {
        if (error == null) {
            return null;
        }
        String clean = error;
        for (Secret secret : credentials.values()) {
            clean = secret.cutFrom(clean);
        }
        return clean.length() > LONGEST_ERROR ? clean.substring(0, LONGEST_ERROR) : clean;
    }
}
