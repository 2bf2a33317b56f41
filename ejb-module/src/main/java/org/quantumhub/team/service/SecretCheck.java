package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.Secret;
import org.quantumhub.team.SecretRegister.Due;
import org.quantumhub.team.SecretValidation;
import org.quantumhub.team.service.SecretValidator.Verdict;

/// Tries secrets out with their providers: new ones soon, all of them once a day. A network that is slow holds no
/// transaction open.
@ApplicationScoped
public class SecretCheck {

    private static final Logger LOG = System.getLogger(SecretCheck.class.getName());
    private static final int LONGEST_ERROR = 500;

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
        validators.forEach(validator -> byProvider.put(validator.provider(), validator));
        if (byProvider.isEmpty()) {
            return 0;
        }
        int tried = 0;
        for (Due due : schedule.due(java.util.List.copyOf(byProvider.keySet()))) {
            SecretValidator validator = byProvider.get(due.provider());
            if (validator != null) {
                judge(due, validator);
                tried++;
            }
        }
        return tried;
    }

    private void judge(Due due, SecretValidator validator) {
        Map<String, Secret> credentials = Map.of();
        Verdict verdict;
        try {
            credentials = vault.useAll(due.teamId(), due.provider());
            verdict = validator.validate(due.teamId(), credentials);
        } catch (Exception failed) {
            LOG.log(Level.INFO, "secret not validated team={0} provider={1}", due.teamId(), due.provider());
            if (failed instanceof HubException away && away.code() == ProblemCode.SECRETS_UNAVAILABLE) {
                // says nothing about the secret: its verdict stays, and it is due again after its pause
                return;
            }
            verdict =
                    new Verdict(SecretValidation.ERROR, failed.getClass().getSimpleName() + ": " + failed.getMessage());
        }
        schedule.note(due, verdict.status(), shortened(verdict.error(), credentials));
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
