package org.quantumhub.hardware.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.Secret;
import org.quantumhub.team.service.SecretVault;

/// Whose credentials are used.
class ProviderCredentialsTest {

    private static final UUID TEAM = UUID.randomUUID();

    /// The hub's are told by their names.
    private final ProviderCredentials credentials = new ProviderCredentials() {
        @Override
        Optional<String> configured(String provider, String name) {
            return Optional.of("the hub's " + name);
        }
    };

    ProviderCredentialsTest() {
        credentials.vault = new SecretVault() {
            @Override
            public Map<String, Secret> useAll(UUID teamId, String provider) {
                return teamId.equals(TEAM)
                        ? Map.of("api-key", new Secret("the team's"), "endpoint", new Secret("http://169.254.169.254"))
                        : Map.of();
            }
        };
    }

    private Optional<String> find(Account account, String name) {
        return credentials.in(account, () -> credentials.find("ionq", name));
    }

    @Test
    void each_account_has_its_own() {
        assertThat(credentials.find("ionq", "api-key")).contains("the hub's api-key");
        assertThat(find(Account.HUB, "api-key")).contains("the hub's api-key");
        assertThat(find(Account.of(TEAM), "api-key")).contains("the team's");
        assertThat(find(Account.trial(TEAM, Map.of("api-key", new Secret("new"))), "api-key"))
                .contains("new");
        assertThat(credentials.isHubs()).isTrue();
        assertThat(credentials.in(Account.of(TEAM), credentials::isHubs)).isFalse();
    }

    @Test
    void what_a_team_lacks_is_never_filled_up_from_the_hubs() {
        assertThat(find(Account.of(TEAM), "secret-access-key")).isEmpty();
        assertThat(find(Account.of(UUID.randomUUID()), "api-key")).isEmpty();
        assertThat(find(Account.trial(TEAM, Map.of()), "api-key")).isEmpty();
        assertThatThrownBy(() -> credentials.in(Account.of(TEAM), () -> credentials.get("ionq", "token")))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_DONE));
    }

    /// Some providers repeat the key that they refuse.
    @Test
    void a_secret_is_cut_out_of_what_the_provider_says() {
        for (Account account : new Account[] {Account.HUB, Account.of(TEAM)}) {
            assertThatThrownBy(() -> credentials.in(account, () -> {
                        String key = credentials.get("ionq", "api-key");
                        throw ProviderException.refused(
                                "NO", "no such key: " + key + " at " + credentials.get("ionq", "url"));
                    }))
                    .hasMessage("no such key: *** at the hub's url");
        }
    }

    /// Nothing was asked of the provider, so that an order is in no doubt.
    @Test
    void a_vault_that_does_not_open_is_no_answer_of_the_provider() {
        credentials.vault = new SecretVault() {
            @Override
            public Map<String, Secret> useAll(UUID teamId, String provider) {
                throw new HubException(ProblemCode.SECRETS_UNAVAILABLE, "later");
            }
        };
        assertThatThrownBy(() -> find(Account.of(TEAM), "api-key"))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_DONE));
    }

    @Test
    void a_team_does_not_say_where_a_server_connects_to() {
        assertThat(find(Account.of(TEAM), "endpoint")).contains("the hub's endpoint");
        assertThat(find(Account.of(TEAM), "url")).contains("the hub's url");
    }
}
