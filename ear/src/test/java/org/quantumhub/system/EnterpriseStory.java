package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Sign-in by a light identity provider, which also says what no good one would.
@Story
class EnterpriseStory extends SignInByCompany {

    private final String subject = UUID.randomUUID().toString();

    private void refused(Map<String, Object> more, long lifeSeconds) {
        Map<String, Object> claims = new HashMap<>(Map.of("email", grace.email(), "email_verified", true));
        claims.putAll(more);
        LightCompany.company().answers(subject, claims, lifeSeconds);
        signIn(grace).refused(403, "SIGN_IN_REFUSED");
    }

    @Test
    void a_token_that_is_old_or_for_another_service_signs_nobody_in() {
        refused(Map.of(), -600);
        refused(Map.of("aud", List.of("another-service")), 300);
        refused(Map.of("iss", "https://mallory.example"), 300);
        refused(Map.of("nonce", "another"), 300);
        refused(Map.of("email", ""), 300);
        assertThat(sql.count("select count(*) from user_identities where subject = ?", subject))
                .isZero();
        // it was the tokens: the same person comes in with a good one
        LightCompany.company().answers(subject, Map.of("email", grace.email(), "email_verified", true), 300);
        signIn(grace).expect(200);
    }
}
