package org.quantumhub.team.service;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.Secret;
import org.quantumhub.team.SecretRegister.Due;
import org.quantumhub.team.SecretValidation;
import org.quantumhub.team.service.SecretValidator.Verdict;

class SecretCheckTest {

    private static final UUID TEAM = UUID.randomUUID();

    private final List<String> noted = new ArrayList<>();
    private final SecretCheck check = new SecretCheck();
    private Map<String, Secret> vault = Map.of("api-key", new Secret("canary"));

    /// A provider whose answer is given.
    private interface Answer {
        Verdict to(Map<String, Secret> credentials) throws Exception;
    }

    private int tryOut(Answer answer) {
        SecretValidator validator = new SecretValidator() {
            @Override
            public Map<String, Set<String>> keys() {
                return Map.of("ionq", Set.of("api-key", "other-key"));
            }

            @Override
            public Verdict validate(UUID teamId, String provider, Map<String, Secret> credentials) throws Exception {
                return answer.to(credentials);
            }
        };
        check.validators = new Known(List.of(validator));
        check.vault = new SecretVault() {
            @Override
            Map<String, Secret> tryOut(UUID teamId, String provider) {
                return vault;
            }
        };
        Deque<Due> due = new ArrayDeque<>(List.of(new Due(TEAM, "ionq", OffsetDateTime.now(ZoneOffset.UTC))));
        check.schedule = new SecretSchedule() {
            @Override
            Optional<Due> due(Set<String> providers) {
                assertThat(providers).containsExactly("ionq");
                return Optional.ofNullable(due.poll());
            }

            @Override
            void note(Due tried, Set<String> keyNames, SecretValidation verdict, @Nullable String error) {
                noted.add(tried.provider() + keyNames + " " + verdict + " " + error);
            }
        };
        return check.run();
    }

    @Test
    void what_the_provider_says_is_noted() {
        assertThat(tryOut(
                        credentials -> credentials.containsKey("api-key") ? Verdict.valid() : Verdict.invalid("none")))
                .isEqualTo(1);
        tryOut(credentials -> Verdict.invalid("no such key"));
        assertThat(noted).containsExactly("ionq[api-key] VALID null", "ionq[api-key] INVALID no such key");
    }

    @Test
    void a_master_key_that_is_away_says_nothing_about_the_secret() {
        HubException away = new HubException(ProblemCode.SECRETS_UNAVAILABLE, "later");
        int tried = tryOut(credentials -> {
            throw away;
        });
        assertThat(tried).as("the round ends there").isZero();
        assertThat(noted).isEmpty();
        tryOut(credentials -> {
            throw new HubException(ProblemCode.UNAVAILABLE, "broken");
        });
        assertThat(noted).containsExactly("ionq[api-key] ERROR HubException: broken");
    }

    @Test
    void a_provider_that_fails_is_tried_again_and_its_words_are_cleaned() {
        tryOut(credentials -> {
            throw new IllegalStateException("401 for canary");
        });
        tryOut(credentials -> Verdict.invalid("canary is wrong" + "x".repeat(600)));
        assertThat(noted.getFirst()).isEqualTo("ionq[api-key] ERROR IllegalStateException: 401 for ***");
        assertThat(noted.getLast())
                .startsWith("ionq[api-key] INVALID *** is wrong")
                .hasSize(522);
    }

    @Test
    void a_key_that_does_not_belong_to_the_provider_is_not_shown_to_it() {
        vault = Map.of("api-key", new Secret("canary"), "apikey", new Secret("typo"));
        tryOut(credentials -> Verdict.invalid(String.join(",", credentials.keySet())));
        assertThat(noted)
                .containsExactly(
                        "ionq[api-key] INVALID api-key",
                        "ionq[apikey] UNKNOWN No key of this name belongs to the provider; these do: api-key, other-key.");
    }

    @Test
    void without_a_validator_nothing_is_tried() {
        check.validators = new Known(List.of());
        assertThat(check.run()).isZero();
    }

    /// The beans there are, without a container.
    private record Known(List<SecretValidator> beans) implements Instance<SecretValidator> {

        @Override
        public Iterator<SecretValidator> iterator() {
            return beans.iterator();
        }

        @Override
        public Instance<SecretValidator> select(Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends SecretValidator> Instance<U> select(Class<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends SecretValidator> Instance<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isUnsatisfied() {
            return beans.isEmpty();
        }

        @Override
        public boolean isAmbiguous() {
            return beans.size() > 1;
        }

        @Override
        public void destroy(SecretValidator instance) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Handle<SecretValidator> getHandle() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<? extends Handle<SecretValidator>> handles() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SecretValidator get() {
            return beans.getFirst();
        }
    }
}
