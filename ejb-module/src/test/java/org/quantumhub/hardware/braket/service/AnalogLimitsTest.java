package org.quantumhub.hardware.braket.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.hardware.service.AnalogProgram;

/// Analog programs: their shape, and what a device can do of them. What is wrong is told with its place.
class AnalogLimitsTest {

    private static final String AMPLITUDE = "/hamiltonian/drivingFields/0/amplitude/time_series";

    private static void check(String program) {
        new AnalogLimits(AnalogDocuments.CAPABILITIES).check(AnalogProgram.read(program));
    }

    @Test
    void a_program_within_the_limits_is_taken() {
        assertThatCode(() -> check(AnalogDocuments.PROGRAM)).doesNotThrowAnyException();
        AnalogProgram program = AnalogProgram.read(AnalogDocuments.PROGRAM);
        assertThat(program.sites()).hasSize(2);
        assertThat(program.amplitude().values()).containsExactly(0.0, 1.5e7, 0.0);
    }

    @Test
    void the_header_and_the_list_of_local_detunings_are_filled_in_and_numbers_stay_as_they_were_written() {
        String bare = AnalogDocuments.PROGRAM
                .replace("\"braketSchemaHeader\": {\"name\": \"braket.ir.ahs.program\", \"version\": \"1\"},", "")
                .replace(",\n   \"localDetuning\": []", "");
        assertThat(bare).doesNotContain("localDetuning", "braketSchemaHeader");
        String document = AnalogProgram.read(bare).document().toString();
        assertThat(document).contains("\"braket.ir.ahs.program\"", "\"localDetuning\":[]", "\"6.0e-6\"", "\"1.5e7\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"filling\": [1, 1] | \"filling\": [1] | /setup/ahs_register/filling",
                "\"filling\": [1, 1] | \"filling\": [1, 2] | /setup/ahs_register/filling/1",
                "[\"0.0\", \"6.0e-6\"] | [\"0.0\"] | /setup/ahs_register/sites/1",
                "[\"0.0\", \"6.0e-6\"] | [\"0.0\", \"far\"] | /setup/ahs_register/sites/1/1",
                "[\"0.0\", \"6.0e-6\"] | [\"0.0\", \"1e999\"] | /setup/ahs_register/sites/1/1",
                "\"setup\": | \"set_up\": | /set_up",
                "\"times\": [\"0\", \"1e-6\", \"2e-6\"] | \"times\": [\"0\", \"2e-6\"] | AMPLITUDE",
                "\"times\": [\"0\", \"1e-6\", \"2e-6\"] | \"times\": [\"0\", \"2e-6\", \"2e-6\"] | AMPLITUDE/times/2",
                "\"times\": [\"0\", \"1e-6\", \"2e-6\"] | \"times\": [\"1e-7\", \"1e-6\", \"2e-6\"] | AMPLITUDE/times/0",
                "\"pattern\": \"uniform\"}, | \"pattern\": [1, 1]}, | /hamiltonian/drivingFields/0/amplitude/pattern",
                "\"drivingFields\": [{ | \"drivingFields\": [{}, { | /hamiltonian/drivingFields",
                "\"version\": \"1\" | \"version\": \"2\" | /braketSchemaHeader",
                "\"localDetuning\": [] | \"shiftingFields\": [{}] | /hamiltonian/shiftingFields/0/magnitude"
            })
    void what_is_malformed_is_refused_with_its_path(String old, String wrong, String path) {
        refused(old, wrong, path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"0.0\", \"6.0e-6\"] | [\"0.0\", \"3.9e-6\"] | /setup/ahs_register/sites/1",
                "[\"0.0\", \"6.0e-6\"] | [\"9e-6\", \"2e-6\"] | /setup/ahs_register/sites/1",
                "[\"0.0\", \"6.0e-6\"] | [\"0.0\", \"8e-5\"] | /setup/ahs_register/sites",
                "[\"0.0\", \"6.0e-6\"] | [\"8e-5\", \"0.0\"] | /setup/ahs_register/sites",
                "\"values\": [\"0\", \"1.5e7\", \"0\"] | \"values\": [\"0\", \"1.6e7\", \"0\"] | AMPLITUDE/values/1",
                "\"values\": [\"0\", \"1.5e7\", \"0\"] | \"values\": [\"0\", \"1.5e7\", \"1\"] | AMPLITUDE/values/2",
                "\"values\": [\"0\", \"1.5e7\", \"0\"] | \"values\": [\"5\", \"1.5e7\", \"0\"] | AMPLITUDE/values/0",
                "\"times\": [\"0\", \"1e-6\", \"2e-6\"] | \"times\": [\"0\", \"1e-6\", \"2.1e-6\"] | /hamiltonian/drivingFields/0/phase/time_series/times/1",
                "\"times\": [\"0\", \"1e-6\", \"2e-6\"] | \"times\": [\"0\", \"4e-8\", \"2e-6\"] | AMPLITUDE/times/1",
                "\"values\": [-3e7, 3e7] | \"values\": [-3e7, 3e8] | /hamiltonian/drivingFields/0/detuning/time_series/values/1",
                "\"localDetuning\": [] | \"localDetuning\": [{\"magnitude\": {\"time_series\": {\"times\": [0, 2e-6], \"values\": [0, 0]}, \"pattern\": [0, 1]}}] | /hamiltonian/localDetuning/0"
            })
    void what_the_device_cannot_do_is_refused_with_its_path(String old, String wrong, String path) {
        refused(old, wrong, path);
        String program = AnalogDocuments.PROGRAM.replace(old, wrong);
        assertThatCode(() -> AnalogProgram.read(program)).as("the shape").doesNotThrowAnyException();
    }

    @Test
    void a_program_that_is_too_long_or_rises_too_fast_is_refused() {
        String late = AnalogDocuments.PROGRAM.replace("2e-6", "5e-6");
        assertThatThrownBy(() -> check(late))
                .isInstanceOfSatisfying(
                        CircuitException.class, e -> assertThat(e.path()).isEqualTo(AMPLITUDE + "/times/2"));
        String steep = AnalogDocuments.PROGRAM.replace("\"1e-6\"", "\"5.5e-8\"");
        assertThatThrownBy(() -> check(steep))
                .isInstanceOfSatisfying(
                        CircuitException.class, e -> assertThat(e.path()).isEqualTo(AMPLITUDE + "/values/1"));
        String many = AnalogDocuments.PROGRAM
                .replace("[\"0.0\", \"0.0\"],", "[0, 0], [1e-5, 0], [2e-5, 0], [3e-5, 0],")
                .replace("[1, 1]", "[1, 1, 1, 1, 1]");
        assertThatThrownBy(() -> check(many))
                .isInstanceOfSatisfying(
                        CircuitException.class, e -> assertThat(e.path()).isEqualTo("/setup/ahs_register/sites"));
    }

    @Test
    void without_capabilities_the_provider_judges() {
        String tight = AnalogDocuments.PROGRAM.replace("6.0e-6", "1.0e-6");
        assertThatCode(() -> new AnalogLimits(null).check(AnalogProgram.read(tight)))
                .doesNotThrowAnyException();
    }

    private static void refused(String old, String wrong, String path) {
        assertThat(AnalogDocuments.PROGRAM).contains(old);
        int at = AnalogDocuments.PROGRAM.indexOf(old);
        String program =
                AnalogDocuments.PROGRAM.substring(0, at) + wrong + AnalogDocuments.PROGRAM.substring(at + old.length());
        assertThatThrownBy(() -> check(program))
                .isInstanceOfSatisfying(
                        CircuitException.class,
                        e -> assertThat(e.path()).as(e.getMessage()).isEqualTo(path.replace("AMPLITUDE", AMPLITUDE)));
    }
}
