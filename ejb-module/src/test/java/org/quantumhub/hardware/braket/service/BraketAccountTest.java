package org.quantumhub.hardware.braket.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quantumhub.hardware.service.ProviderCredentials;
import org.quantumhub.hardware.service.ProviderException;

class BraketAccountTest {

    /// The role of the machine is the hub's: a team whose keys are gone is not let in with it.
    @Test
    void a_team_without_keys_does_not_get_the_servers_own_role() {
        BraketClients clients = new BraketClients();
        clients.credentials = new ProviderCredentials() {
            @Override
            public Optional<String> find(String provider, String name) {
                return Optional.empty();
            }

            @Override
            public boolean isHubs() {
                return false;
            }
        };
        assertThatThrownBy(() -> clients.reach("eu-north-1"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("access-key-id");
    }
}
