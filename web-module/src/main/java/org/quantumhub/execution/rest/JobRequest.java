package org.quantumhub.execution.rest;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.Program;
import org.quantumhub.execution.ProgramFormat;
import org.quantumhub.execution.RunMode;
import org.quantumhub.execution.service.NewJob;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// A submission as it arrives.
@Schema(name = "NewJob")
public record JobRequest(
        @Schema(description = "a name of your own") @Nullable @Size(max = 255)
        String name,

        @Schema(description = "what to run on; hub-statevector if missing", example = "hub-statevector")
        @Nullable
        @Size(min = 1, max = 100)
        String backend,

        @Schema(
                type = SchemaType.OBJECT,
                description = "circuit JSON as an object, or OpenQASM 2 or 3 as a string",
                example = "{\"num_qubits\": 2, \"gates\": [{\"type\": \"H\", \"target\": 0},"
                        + " {\"type\": \"CNOT\", \"control\": 0, \"target\": 1}]}")
        @NotNull
        JsonValue circuit,

        @Schema(description = "1024 if missing") @Nullable @Min(1) @Max(Integer.MAX_VALUE)
        Integer shots,

        @Schema(description = "chosen by the hub if missing") @Nullable
        Long seed,

        @Schema(description = "keep the shots one by one") @Nullable
        Boolean memory,

        @Nullable @Size(max = 20) List<@NotBlank @Size(max = 50) String> tags,

        @Schema(type = SchemaType.OBJECT, description = "anything of your own, returned as it is") @Nullable
        JsonObject metadata,

        @Schema(
                description = "BLOCKING answers with the finished job; NON_BLOCKING, the default, at once",
                enumeration = {"BLOCKING", "NON_BLOCKING"})
        @Nullable
        String runMode) {

    private static final String USUAL_BACKEND = "hub-statevector";
    private static final int USUAL_SHOTS = 1024;
    private static final int LARGEST_METADATA = 16_384;
    private static final Pattern VERSION_2 = Pattern.compile("OPENQASM\\s+2");

    NewJob toNewJob(@Nullable String idempotencyKey, String requestId) {
        return new NewJob(
                name,
                backend == null ? USUAL_BACKEND : backend,
                program(),
                shots == null ? USUAL_SHOTS : shots,
                seed,
                memory != null && memory,
                tags == null ? List.of() : tags.stream().distinct().toList(),
                metadataText(),
                mode(),
                idempotencyKey(idempotencyKey),
                requestId);
    }

    private Program program() {
        return switch (circuit) {
            case JsonObject object -> new Program(ProgramFormat.CIRCUIT_JSON, object.toString());
            case JsonString text ->
                new Program(
                        VERSION_2.matcher(text.getString()).find() ? ProgramFormat.OPENQASM2 : ProgramFormat.OPENQASM3,
                        text.getString());
            default ->
                throw invalid(
                        "circuit", "circuit must be an object with num_qubits and gates, or a string of OpenQASM.");
        };
    }

    private @Nullable String metadataText() {
        String text = metadata == null ? null : metadata.toString();
        if (text != null && text.length() > LARGEST_METADATA) {
            throw invalid(
                    "metadata", "metadata has " + text.length() + " characters, at most " + LARGEST_METADATA + ".");
        }
        return text;
    }

    private RunMode mode() {
        if (runMode == null) {
            return RunMode.NON_BLOCKING;
        }
        String wanted = runMode.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(RunMode.values())
                .filter(mode -> mode.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> invalid("runMode", "runMode must be BLOCKING or NON_BLOCKING."));
    }

    private static @Nullable String idempotencyKey(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String key = header.strip();
        if (key.isEmpty() || key.length() > 200 || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new HubException(
                            ProblemCode.INVALID_PARAMETER,
                            "Idempotency-Key must be 1 to 200 printable ASCII characters.")
                    .with("parameter", "Idempotency-Key");
        }
        return key;
    }

    private static HubException invalid(String field, String message) {
        return new HubException(ProblemCode.INVALID_FIELD, message).with("field", field);
    }
}
