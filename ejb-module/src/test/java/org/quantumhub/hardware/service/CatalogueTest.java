package org.quantumhub.hardware.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.BackendMaintenance;
import org.quantumhub.hardware.BackendRepository;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.service.Herd;

@Timeout(30)
class CatalogueTest {
    private final Herd herd = new Herd();
    private final Catalogue catalogue = new Catalogue();
    private final Backend aspen = TestBackends.of("aspen", "aspen", 5);

    @BeforeEach
    void open() {
        catalogue.clock = Clock.systemUTC();
        catalogue.backends = new BackendRepository() {
            @Override
            public Optional<Backend> find(String slug) {
                return herd.answer(slug.equals("aspen") ? Optional.of(aspen) : Optional.empty());
            }

            @Override
            public List<BackendMaintenance> maintenances(Instant now) {
                return herd.answer(List.of());
            }
        };
    }

    @Test
    void of_many_who_want_a_backend_one_asks_the_database() throws InterruptedException {
        assertThat(herd.ask(() -> assertThat(catalogue.get("aspen")).isSameAs(aspen)))
                .isEqualTo(1);
    }

    @Test
    void of_many_who_want_the_maintenances_one_asks_the_database() throws InterruptedException {
        assertThat(herd.ask(() -> assertThat(catalogue.maintenances(aspen)).isEmpty()))
                .isEqualTo(1);
    }

    @Test
    void what_is_not_there_is_asked_for_again() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> catalogue.get("borealis"))
                    .isInstanceOf(HubException.class)
                    .hasMessage("There is no backend 'borealis'.");
        }
    }
}
