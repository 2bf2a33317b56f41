package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.quantumhub.engine.circuit.Circuit;

class CostModelTest {
    @Test
    void is_stored_and_read_back() {
        CostModel model = CostModel.standard();
        assertThat(CostModel.of(model.values(), 2).values()).isEqualTo(model.values());
        Map<String, Double> broken = new TreeMap<>(model.values());
        broken.put("COPY", 0.0);
        assertThatThrownBy(() -> CostModel.of(broken, 1)).hasMessageContaining("COPY");
        broken.remove("COPY");
        assertThatThrownBy(() -> CostModel.of(broken, 1)).hasMessageContaining("COPY");
    }

    @Test
    void grows_with_the_state_and_with_the_shots() {
        CostModel model = CostModel.standard();
        for (String name : BenchmarkCircuits.all(20).keySet()) {
            Circuit small = BenchmarkCircuits.all(20)
                    .getOrDefault(name, Circuit.builder(1, 0).build());
            Circuit large = BenchmarkCircuits.all(23)
                    .getOrDefault(name, Circuit.builder(1, 0).build());
            double ratio = model.seconds(large, 0) / model.seconds(small, 0);
            assertThat(ratio).as(name).isBetween(5.0, 20.0);
            assertThat(model.seconds(small, 1_000_000)).isGreaterThan(model.seconds(small, 0));
        }
        assertThat(model.seconds(Circuit.builder(60, 0).gate("h", 0).build(), 1))
                .isInfinite();
    }
}
