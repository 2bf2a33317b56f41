package org.quantumhub.hardware.braket.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.QuantumProvider.Part;
import org.quantumhub.hardware.service.QuantumProvider.SetLimits;
import org.quantumhub.hardware.service.TestBackends;
import org.quantumhub.hardware.service.Work;

/// Several programs in one task of Braket.
class BraketSetsTest {

    private static final Backend DEVICE = TestBackends.of("iqm-garnet", "Garnet", 20);
    private static final String ROTATION =
            "OPENQASM 3.0;\ninput float theta;\nqubit[2] q;\nbit[2] c;\nrx(theta) q[0];\nc = measure q;";
    private static final String BELL =
            "OPENQASM 3.0;\nqubit[2] q;\nbit[2] c;\nh q[0];\ncnot q[0], q[1];\nc = measure q;";
    private static final String FOUND =
            "{\"inputsIndex\": %d, \"measurements\": [[%d, 0]], \"measuredQubits\": [0, 1]}";

    private final BraketSets set = new BraketSets(
            List.of(work(ROTATION, "{\"theta\": 0.1}"), work(BELL, null), work(ROTATION, "{\"theta\": 0.2}")));

    private static Work work(String source, @Nullable String inputs) {
        return new Work(DEVICE, "OPENQASM3", source, 1, 7, false, inputs);
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static JsonObject result(String rotations, String bell) {
        return json(
                "{\"braketSchemaHeader\": {\"name\": \"braket.task_result.program_set_task_result\", \"version\": \"1\"},"
                        + " \"taskMetadata\": {\"createdAt\": \"2026-11-20T10:00:00Z\", \"endedAt\": \"2026-11-20T10:00:01Z\"},"
                        + " \"programResults\": [{\"executableResults\": [" + rotations
                        + "]}, {\"executableResults\": [" + bell
                        + "], \"additionalMetadata\": {\"iqmMetadata\": {\"compiledProgram\": \"cz\"}}}]}");
    }

    @Test
    void one_source_with_several_values_is_one_program_with_lists() {
        JsonObject action = json(set.action());
        assertThat(action.getJsonObject("braketSchemaHeader").getString("name"))
                .isEqualTo("braket.ir.openqasm.program_set");
        JsonArray programs = action.getJsonArray("programs");
        assertThat(programs).hasSize(2);
        assertThat(programs.getJsonObject(0).getString("source")).isEqualTo(ROTATION);
        assertThat(programs.getJsonObject(0)
                        .getJsonObject("inputs")
                        .getJsonArray("theta")
                        .getValuesAs(JsonNumber::doubleValue))
                .containsExactly(0.1, 0.2);
        assertThat(programs.getJsonObject(1).getJsonObject("inputs")).isEmpty();
        assertThat(set.shots()).isEqualTo(3);
    }

    @Test
    void results_find_their_programs_by_the_index_of_their_inputs() {
        List<Part> parts = set.read(result(FOUND.formatted(1, 0) + "," + FOUND.formatted(0, 1), FOUND.formatted(0, 1)));
        assertThat(parts.stream().map(part -> ((Part.Found) part).result().counts()))
                .containsExactly(Map.of("01", 1), Map.of("01", 1), Map.of("00", 1));
        assertThat(((Part.Found) parts.get(1)).result().details().getString("compiledProgram"))
                .isEqualTo("cz");
        assertThat(((Part.Found) parts.get(0)).result().seconds()).isEqualTo(1);
    }

    @Test
    void programs_that_failed_or_are_missing_leave_the_others_alone() {
        String failure =
                "{\"inputsIndex\": 0, \"failureMetadata\": {\"failureReason\": \"too deep\", \"retryable\": false, \"category\": \"DEVICE\"}}";
        List<Part> parts = set.read(result(failure + ", null", FOUND.formatted(0, 0)));
        assertThat(parts.get(0)).isEqualTo(new Part.Failed("PROVIDER_FAILED", "too deep", false));
        assertThat(parts.get(1)).isInstanceOf(Part.Found.class);
        assertThat(parts.get(2))
                .isInstanceOfSatisfying(
                        Part.Failed.class, part -> assertThat(part.broken()).isTrue());
        List<Part> malformed =
                set.read(result(FOUND.formatted(0, 5) + "," + FOUND.formatted(1, 1), FOUND.formatted(0, 0)));
        assertThat(malformed.get(0))
                .isInstanceOfSatisfying(
                        Part.Failed.class, part -> assertThat(part.broken()).isTrue());
        assertThat(malformed.get(2)).isInstanceOf(Part.Found.class);
    }

    @Test
    void a_result_that_is_not_of_this_set_is_refused() {
        assertThatThrownBy(() -> set.read(json("{\"programResults\": []}"))).isInstanceOf(ProviderException.class);
        JsonObject one = json(
                "{\"braketSchemaHeader\": {\"name\": \"braket.task_result.program_set_task_result\"}, \"programResults\": [{\"executableResults\": []}]}");
        assertThatThrownBy(() -> set.read(one)).hasMessageContaining("1 program results of 2");
    }

    @Test
    void the_capabilities_tell_how_many_programs_share_a_task() {
        assertThat(
                        BraketSets.limits(
                                "{\"action\": {\"braket.ir.openqasm.program_set\": {\"maximumExecutables\": 100, \"maximumTotalShots\": 200000}}}"))
                .isEqualTo(new SetLimits(100, 200_000, Long.MAX_VALUE));
        assertThat(BraketSets.limits("{\"action\": {\"braket.ir.openqasm.program\": {}}}"))
                .isEqualTo(SetLimits.ALONE);
    }
}
