package org.quantumhub.hardware.rest;

import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.DeviceType;
import org.quantumhub.hardware.Platform;
import org.quantumhub.hardware.Technology;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Which backends somebody wants to see; all conditions hold together.
public class BackendFilter {

    @Parameter(description = "SIMULATOR or QPU")
    @QueryParam("deviceType")
    @Nullable
    String deviceType;

    @QueryParam("status")
    @Nullable
    String status;

    @Parameter(description = "slug of the provider")
    @QueryParam("provider")
    @Nullable
    String provider;

    @QueryParam("platform")
    @Nullable
    String platform;

    @QueryParam("technology")
    @Nullable
    String technology;

    @Parameter(description = "qubits it has at least")
    @QueryParam("minQubits")
    @Nullable
    Integer minQubits;

    @QueryParam("tag")
    @Nullable
    String tag;

    @Parameter(description = "a native gate")
    @QueryParam("gate")
    @Nullable
    String gate;

    @Parameter(description = "whether it takes jobs now")
    @QueryParam("available")
    @Nullable
    Boolean available;

    @QueryParam("emulated")
    @Nullable
    Boolean emulated;

    @QueryParam("recommended")
    @Nullable
    Boolean recommended;

    @Parameter(description = "words of the name, the slug or the description")
    @QueryParam("q")
    @Nullable
    String words;

    /// Checks the words of the enumerations.
    ///
    /// @throws HubException `INVALID_PARAMETER`
    void check() {
        read("deviceType", deviceType, DeviceType.values());
        read("status", status, BackendStatus.values());
        read("platform", platform, Platform.values());
        read("technology", technology, Technology.values());
    }

    boolean accepts(BackendView backend) {
        return is(deviceType, backend.deviceType().name())
                && is(status, backend.status().name())
                && is(provider, backend.provider())
                && is(platform, backend.platform().name())
                && is(technology, backend.technologyType().name())
                && (minQubits == null || backend.qubitCount() >= minQubits)
                && (tag == null || backend.tags().contains(tag))
                && (gate == null || backend.gateSet().contains(gate.toLowerCase(Locale.ROOT)))
                && (available == null || available == backend.available())
                && (emulated == null || emulated == backend.emulated())
                && (recommended == null || recommended == backend.recommended())
                && (words == null || speaksOf(backend, words));
    }

    private static boolean is(@Nullable String wanted, String value) {
        return wanted == null || wanted.equalsIgnoreCase(value);
    }

    private static boolean speaksOf(BackendView backend, String words) {
        String text = (backend.slug() + " " + backend.name() + " " + backend.description()).toLowerCase(Locale.ROOT);
        return Arrays.stream(words.toLowerCase(Locale.ROOT).strip().split("\\s+", -1))
                .allMatch(text::contains);
    }

    private static void read(String parameter, @Nullable String word, Enum<?>[] values) {
        if (word != null && Arrays.stream(values).noneMatch(v -> v.name().equalsIgnoreCase(word))) {
            throw new HubException(
                            ProblemCode.INVALID_PARAMETER,
                            "'" + parameter + "' must be one of "
                                    + List.of(values).stream().map(Enum::name).toList() + ".")
                    .with("parameter", parameter);
        }
    }
}
