package org.quantumhub.execution.rest;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobTerms;
import org.quantumhub.execution.Program;
import org.quantumhub.execution.ProgramFormat;
import org.quantumhub.execution.RunMode;
import org.quantumhub.execution.service.NewBundle;
import org.quantumhub.execution.service.NewJob;
import org.quantumhub.hardware.service.AnalogProgram;
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
                description =
                        "circuit JSON as an object, or OpenQASM 2 or 3 as a string; for devices of neutral atoms an"
                                + " analog program as an object, as Braket's braket.ir.ahs.program",
                example = "{\"num_qubits\": 2, \"gates\": [{\"type\": \"H\", \"target\": 0},"
                        + " {\"type\": \"CNOT\", \"control\": 0, \"target\": 1}]}")
        @Nullable
        JsonValue circuit,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = Object.class,
                // clients made from the document send empty lists for those that cannot be null
                nullable = true,
                description =
                        "instead of circuit: 1 to 5000 circuits, each a child job of its own with seed + its place")
        @Nullable
        JsonArray circuits,

        @Schema(
                type = SchemaType.OBJECT,
                description = "values for what the OpenQASM 3 circuit declares as input",
                example = "{\"theta\": 0.5}")
        @Nullable
        JsonObject parameters,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = Object.class,
                // clients made from the document send empty lists for those that cannot be null
                nullable = true,
                description = "a sweep: 1 to 5000 sets of parameters for the one circuit, each a child job of its own")
        @Nullable
        JsonArray parameterSets,

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
                description =
                        "BLOCKING answers with the finished job; NON_BLOCKING, the default, at once; SCHEDULED waits"
                                + " for runAt",
                enumeration = {"BLOCKING", "NON_BLOCKING", "SCHEDULED"})
        @Nullable
        String runMode,

        @Schema(description = "higher comes first among the jobs of the team; 0 if missing")
        @Nullable
        @Min(-100)
        @Max(100)
        Integer priority,

        @Schema(description = "not before this time") @Nullable
        Instant runAt,

        @Schema(description = "cancelled and free if nobody has begun it by this time") @Nullable
        Instant expiresAt,

        @Schema(description = "how long the result is kept after the end") @Nullable @Min(1) @Max(36500)
        Integer retentionDays,

        @Schema(
                description =
                        "whether a result of the last hour will do: the same circuit, inputs, shots, seed and backend,"
                                + " run by the team; it costs the task fee, and needs a seed")
        @Nullable
        Boolean cached,

        @Schema(description = "who is told about the end") @Nullable @Email @Size(max = 254)
        String notificationEmail,

        @Schema(description = "what it is done for, an id of the team's own; budgets of that project count the job")
        @Nullable
        UUID projectId) {

    private static final String USUAL_BACKEND = "hub-statevector";
    private static final int USUAL_SHOTS = 1024;
    private static final int LARGEST_METADATA = 16_384;
    private static final Pattern VERSION_2 = Pattern.compile("OPENQASM\\s+2");

    /// Whether it brings many circuits.
    boolean isBundle() {
        return circuits != null || parameterSets != null;
    }

    NewJob toNewJob(@Nullable String idempotencyKey, String requestId) {
        if (circuit == null) {
            throw invalid("circuit", "A job needs a 'circuit', or many 'circuits'.");
        }
        return toNewJob(
                program("circuit", circuit),
                parameters == null ? null : parameters.toString(),
                idempotencyKey,
                requestId);
    }

    NewBundle toNewBundle(@Nullable String idempotencyKey, String requestId) {
        if (parameters != null) {
            throw invalid("parameters", "'parameters' are for one circuit; a sweep takes 'parameterSets'.");
        }
        List<NewBundle.Part> parts = circuits != null ? parts(circuits) : sweep(Objects.requireNonNull(parameterSets));
        return new NewBundle(toNewJob(parts.getFirst().program(), null, idempotencyKey, requestId), parts);
    }

    private List<NewBundle.Part> parts(JsonArray all) {
        if (circuit != null || parameterSets != null) {
            throw invalid("circuits", "'circuits' stand for themselves: leave 'circuit' and 'parameterSets' out.");
        }
        requireCount("circuits", all);
        return all.stream()
                .map(one -> new NewBundle.Part(program("circuits", one), null))
                .toList();
    }

    private List<NewBundle.Part> sweep(JsonArray sets) {
        if (circuit == null) {
            throw invalid("circuit", "A sweep needs the 'circuit' that the parameters are for.");
        }
        requireCount("parameterSets", sets);
        Program template = program("circuit", circuit);
        return sets.stream()
                .map(set -> {
                    if (!(set instanceof JsonObject values)) {
                        throw invalid("parameterSets", "'parameterSets' must be a list of objects of numbers.");
                    }
                    return new NewBundle.Part(template, values.toString());
                })
                .toList();
    }

    private static void requireCount(String field, JsonArray all) {
        if (all.isEmpty() || all.size() > NewBundle.LARGEST) {
            throw invalid(
                            field,
                            "'" + field + "' has " + all.size() + " elements, 1 to " + NewBundle.LARGEST
                                    + " are taken.")
                    .with("limit", NewBundle.LARGEST);
        }
    }

    private NewJob toNewJob(
            Program program, @Nullable String values, @Nullable String idempotencyKey, String requestId) {
        return new NewJob(
                name,
                backend == null ? USUAL_BACKEND : backend,
                program,
                shots == null ? USUAL_SHOTS : shots,
                seed,
                memory != null && memory,
                tags == null ? List.of() : tags.stream().distinct().toList(),
                metadataText(),
                mode(),
                idempotencyKey(idempotencyKey),
                requestId,
                terms(values),
                cached != null && cached && !isBundle());
    }

    private JobTerms terms(@Nullable String values) {
        if (priority == null
                && runAt == null
                && expiresAt == null
                && retentionDays == null
                && notificationEmail == null
                && projectId == null
                && values == null) {
            return JobTerms.NONE;
        }
        return new JobTerms(
                priority == null ? 0 : priority,
                runAt,
                expiresAt,
                retentionDays,
                null,
                null,
                values,
                notificationEmail,
                null,
                null,
                projectId);
    }

    private static Program program(String field, JsonValue circuit) {
        return switch (circuit) {
            case JsonObject object ->
                new Program(
                        AnalogProgram.isMeantBy(object) ? ProgramFormat.AHS : ProgramFormat.CIRCUIT_JSON,
                        object.toString());
            case JsonString text ->
                new Program(
                        VERSION_2.matcher(text.getString()).find() ? ProgramFormat.OPENQASM2 : ProgramFormat.OPENQASM3,
                        text.getString());
            default ->
                throw invalid(field, field + " must be an object with num_qubits and gates, or a string of OpenQASM.");
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
            return runAt == null ? RunMode.NON_BLOCKING : RunMode.SCHEDULED;
        }
        String wanted = runMode.strip().toUpperCase(Locale.ROOT);
        RunMode mode = Arrays.stream(RunMode.values())
                .filter(one -> one.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> invalid("runMode", "runMode must be BLOCKING, NON_BLOCKING or SCHEDULED."));
        if ((mode == RunMode.SCHEDULED) != (runAt != null)) {
            throw invalid("runAt", "SCHEDULED jobs, and no others, name the time 'runAt'.");
        }
        return mode;
    }

    static @Nullable String idempotencyKey(@Nullable String header) {
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
