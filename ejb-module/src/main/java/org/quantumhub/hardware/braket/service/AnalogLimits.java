package org.quantumhub.hardware.braket.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.hardware.service.AnalogProgram;
import org.quantumhub.hardware.service.AnalogProgram.LocalDetuning;
import org.quantumhub.hardware.service.AnalogProgram.Series;
import org.quantumhub.hardware.service.AnalogProgram.Site;

/// What a device of neutral atoms can do, from the `paradigm` of its capabilities, held against a program. What the
/// document does not tell is not checked here; the provider does.
final class AnalogLimits {

    /// Limits are decimal, positions and times are not quite: so much of the limit is forgiven.
    private static final double SLACK = 1e-9;

    private final JsonObject lattice;
    private final JsonObject rydberg;

    /// @param capabilities the device's document, or null when it has not been learned
    AnalogLimits(@Nullable String capabilities) {
        JsonObject paradigm = capabilities == null ? JsonValue.EMPTY_JSON_OBJECT : paradigm(capabilities);
        this.lattice = object(paradigm, "lattice");
        this.rydberg = object(paradigm, "rydberg");
    }

    private static JsonObject paradigm(String capabilities) {
        try (JsonReader reader = Json.createReader(new StringReader(capabilities))) {
            return object(reader.readObject(), "paradigm");
        }
    }

    /// @throws CircuitException with the JSON pointer of what the device cannot do
    void check(AnalogProgram program) {
        sites(program.sites());
        JsonObject global = object(rydberg, "rydbergGlobal");
        for (Series series : List.of(program.amplitude(), program.phase(), program.detuning())) {
            times(series, global, program.amplitude().end());
        }
        values(program.amplitude(), global, "rabiFrequencyRange");
        values(program.phase(), global, "phaseRange");
        values(program.detuning(), global, "detuningRange");
        slopes(program.amplitude(), global, "rabiFrequencySlewRateMax");
        slopes(program.detuning(), global, "detuningSlewRateMax");
        dark(program.amplitude());
        local(program);
    }

    private void sites(List<Site> sites) {
        String path = "/setup/ahs_register/sites";
        JsonObject geometry = object(lattice, "geometry");
        number(geometry, "numberSitesMax").ifPresent(most -> {
            if (sites.size() > most) {
                throw limit(path, "There are " + sites.size() + " sites; the device has " + most.intValue() + ".");
            }
        });
        JsonObject area = object(lattice, "area");
        extent(path, "wide", sites.stream().mapToDouble(Site::x).toArray(), number(area, "width"));
        extent(path, "high", sites.stream().mapToDouble(Site::y).toArray(), number(area, "height"));
        double apart = number(geometry, "spacingRadialMin").orElse(0.0) * (1 - SLACK);
        double rows = number(geometry, "spacingVerticalMin").orElse(0.0) * (1 - SLACK);
        // what is nearer than the device can place it apart is one row
        double same = number(geometry, "positionResolution").orElse(0.0) / 2;
        for (int i = 0; i < sites.size(); i++) {
            for (int j = 0; j < i; j++) {
                double dx = sites.get(i).x() - sites.get(j).x();
                double dy = Math.abs(sites.get(i).y() - sites.get(j).y());
                if (Math.hypot(dx, dy) < apart) {
                    throw limit(
                            path + "/" + i,
                            "This site is " + metres(Math.hypot(dx, dy)) + " from site " + j + "; at least "
                                    + metres(apart) + " are needed.");
                }
                if (dy > same && dy < rows) {
                    throw limit(
                            path + "/" + i,
                            "The row of this site is " + metres(dy) + " from that of site " + j + "; at least "
                                    + metres(rows) + " are needed.");
                }
            }
        }
    }

    private static void extent(String path, String how, double[] positions, Optional<Double> most) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (double position : positions) {
            least = Math.min(least, position);
            largest = Math.max(largest, position);
        }
        if (most.isPresent() && largest - least > most.get() * (1 + SLACK)) {
            throw limit(
                    path,
                    "The sites are " + metres(largest - least) + " " + how + "; the device has " + metres(most.get())
                            + ".");
        }
    }

    private static void times(Series series, JsonObject limits, double end) {
        String path = series.path() + "/times";
        int last = series.times().size() - 1;
        if (Math.abs(series.end() - end) > SLACK * end) {
            throw limit(path + "/" + last, "All fields end at the same time; the amplitude does at " + end + " s.");
        }
        number(limits, "timeMax").ifPresent(most -> {
            if (series.end() > most * (1 + SLACK)) {
                throw limit(path + "/" + last, "The program takes " + series.end() + " s; at most " + most + " s.");
            }
        });
        number(limits, "timeDeltaMin").ifPresent(least -> {
            for (int i = 1; i <= last; i++) {
                if (series.times().get(i) - series.times().get(i - 1) < least * (1 - SLACK)) {
                    throw limit(path + "/" + i, "Two times are at least " + least + " s apart.");
                }
            }
        });
    }

    private static void values(Series series, JsonObject limits, String range) {
        if (!(limits.get(range) instanceof JsonArray bounds) || bounds.size() != 2) {
            return;
        }
        double least = bounds.getJsonNumber(0).doubleValue();
        double most = bounds.getJsonNumber(1).doubleValue();
        double slack = SLACK * Math.max(Math.abs(least), Math.abs(most));
        for (int i = 0; i < series.values().size(); i++) {
            double value = series.values().get(i);
            if (value < least - slack || value > most + slack) {
                throw limit(
                        series.path() + "/values/" + i,
                        "The value is " + value + "; the device takes " + least + " to " + most + ".");
            }
        }
    }

    private static void slopes(Series series, JsonObject limits, String name) {
        number(limits, name).ifPresent(most -> {
            for (int i = 1; i < series.values().size(); i++) {
                double slope = (series.values().get(i) - series.values().get(i - 1))
                        / (series.times().get(i) - series.times().get(i - 1));
                if (Math.abs(slope) > most * (1 + 1e-6)) {
                    throw limit(
                            series.path() + "/values/" + i,
                            "The value changes by " + slope + " a second; at most " + most + ".");
                }
            }
        });
    }

    /// The laser is off at both ends.
    private static void dark(Series amplitude) {
        if (amplitude.values().getFirst() != 0) {
            throw limit(amplitude.path() + "/values/0", "The amplitude begins at 0.");
        }
        if (amplitude.values().getLast() != 0) {
            throw limit(amplitude.path() + "/values/" + (amplitude.values().size() - 1), "The amplitude ends at 0.");
        }
    }

    private void local(AnalogProgram program) {
        JsonObject limits = object(rydberg, "rydbergLocal");
        for (LocalDetuning detuning : program.detunings()) {
            if (limits.isEmpty() && !rydberg.isEmpty()) {
                throw limit(detuning.path(), "The device has no local detuning.");
            }
            times(detuning.magnitude(), limits, program.amplitude().end());
            values(detuning.magnitude(), limits, "detuningRange");
            String path = detuning.path() + "/magnitude/pattern";
            number(limits, "numberLocalDetuningSitesMax").ifPresent(most -> {
                long used = detuning.pattern().stream()
                        .filter(factor -> factor != 0)
                        .count();
                if (used > most) {
                    throw limit(path, "Local detuning is used at " + used + " sites; at most " + most.intValue() + ".");
                }
            });
            for (int i = 0; i < detuning.pattern().size(); i++) {
                double factor = detuning.pattern().get(i);
                if (factor < 0 || factor > 1) {
                    throw limit(path + "/" + i, "A factor lies between 0 and 1.");
                }
            }
        }
    }

    private static Optional<Double> number(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    private static JsonObject object(JsonObject parent, String member) {
        return parent.get(member) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static String metres(double length) {
        return String.format(Locale.ROOT, "%.2f µm", length * 1e6);
    }

    private static CircuitException limit(String path, String message) {
        return new CircuitException(CircuitProblem.INVALID_VALUE, message, 0, 0, path);
    }
}
