package org.quantumhub.hardware.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;

/// A program for a device of neutral atoms: where the atoms sit, and how laser fields drive them over time. The form is
/// Braket's `braket.ir.ahs.program`, version 1.
///
/// ```json
/// {"setup": {"ahs_register": {"sites": [[0, 0], [0, 5.5e-6]], "filling": [1, 1]}},
///  "hamiltonian": {
///    "drivingFields": [{
///      "amplitude": {"time_series": {"times": [0, 1e-6], "values": [0, 0]}, "pattern": "uniform"},
///      "phase": {…}, "detuning": {…}}],
///    "localDetuning": []}}
/// ```
///
/// Metres, seconds and radians a second. Numbers may be written as strings, because clients do so to keep their
/// decimals; `shiftingFields` is an older name of `localDetuning`. What is read here is the shape; the limits of a
/// device are its adapter's to know.
///
/// @param sites positions of the traps, 1 to [#MOST_SITES]
/// @param filling for each site whether it holds an atom
/// @param amplitude of the driving field, uniform over the atoms
/// @param detunings patterns of local detuning, none or more
/// @param document the program as it goes to a device
public record AnalogProgram(
        List<Site> sites,
        List<Boolean> filling,
        Series amplitude,
        Series phase,
        Series detuning,
        List<LocalDetuning> detunings,
        JsonObject document) {

    /// More than any device has.
    public static final int MOST_SITES = 4_096;

    private static final int MOST_TIMES = 10_000;
    private static final int LONGEST_NUMBER = 60;
    private static final String SCHEMA = "braket.ir.ahs.program";

    public AnalogProgram {
        sites = List.copyOf(sites);
        filling = List.copyOf(filling);
        detunings = List.copyOf(detunings);
    }

    /// A trap, in metres.
    public record Site(double x, double y) {}

    /// A value over time, straight between the points.
    ///
    /// @param path where it stands in the program, a JSON pointer
    /// @param times rising, the first is 0; as many as values, at least 2
    public record Series(String path, List<Double> times, List<Double> values) {

        public Series {
            times = List.copyOf(times);
            values = List.copyOf(values);
        }

        public double end() {
            return times.getLast();
        }
    }

    /// A detuning that differs from site to site.
    ///
    /// @param pattern a factor for each site
    public record LocalDetuning(String path, Series magnitude, List<Double> pattern) {

        public LocalDetuning {
            pattern = List.copyOf(pattern);
        }
    }

    /// Whether a JSON object is meant as one of these, and not as a circuit.
    public static boolean isMeantBy(JsonObject object) {
        return object.containsKey("hamiltonian")
                || object.containsKey("setup")
                || object.get("braketSchemaHeader") instanceof JsonObject header
                        && header.getString("name", "").equals(SCHEMA);
    }

    /// Reads a program.
    ///
    /// @throws CircuitException with the JSON pointer of what is wrong
    public static AnalogProgram read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return read(reader.readObject());
        } catch (JsonException e) {
            throw new CircuitException(CircuitProblem.SYNTAX, "The program is no JSON object.", 0, 0, "");
        }
    }

    private static AnalogProgram read(JsonObject root) {
        known(root, "", Set.of("braketSchemaHeader", "setup", "hamiltonian"));
        header(root);
        JsonObject setup = object(root, "", "setup");
        known(setup, "/setup", Set.of("ahs_register"));
        JsonObject register = object(setup, "/setup", "ahs_register");
        String place = "/setup/ahs_register";
        known(register, place, Set.of("sites", "filling"));
        List<Site> sites = sites(register, place);
        List<Boolean> filling = filling(register, place, sites.size());
        JsonObject hamiltonian = object(root, "", "hamiltonian");
        known(hamiltonian, "/hamiltonian", Set.of("drivingFields", "localDetuning", "shiftingFields"));
        JsonArray driving = array(hamiltonian, "/hamiltonian", "drivingFields");
        if (driving.size() != 1) {
            throw wrong("/hamiltonian/drivingFields", "There must be one driving field, not " + driving.size() + ".");
        }
        String path = "/hamiltonian/drivingFields/0";
        JsonObject field = object(driving.getFirst(), path);
        known(field, path, Set.of("amplitude", "phase", "detuning"));
        return new AnalogProgram(
                sites,
                filling,
                uniform(field, path, "amplitude"),
                uniform(field, path, "phase"),
                uniform(field, path, "detuning"),
                local(hamiltonian, sites.size()),
                document(root, hamiltonian));
    }

    private static void header(JsonObject root) {
        if (root.containsKey("braketSchemaHeader")) {
            JsonObject header = object(root, "", "braketSchemaHeader");
            if (!header.getString("name", "").equals(SCHEMA)
                    || !header.getString("version", "").equals("1")) {
                throw wrong("/braketSchemaHeader", "The header of '" + SCHEMA + "', version \"1\", was expected.");
            }
        }
    }

    private static List<Site> sites(JsonObject register, String place) {
        JsonArray all = array(register, place, "sites");
        if (all.isEmpty() || all.size() > MOST_SITES) {
            throw new CircuitException(
                    all.isEmpty() ? CircuitProblem.INVALID_VALUE : CircuitProblem.LIMIT_EXCEEDED,
                    "There are " + all.size() + " sites; 1 to " + MOST_SITES + " are taken.",
                    0,
                    0,
                    place + "/sites");
        }
        List<Site> sites = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            String path = place + "/sites/" + i;
            List<Double> point = numbers(all.get(i), path, 2);
            if (point.size() != 2) {
                throw wrong(path, "A site has two coordinates.");
            }
            sites.add(new Site(point.getFirst(), point.getLast()));
        }
        return sites;
    }

    private static List<Boolean> filling(JsonObject register, String place, int sites) {
        JsonArray all = array(register, place, "filling");
        if (all.size() != sites) {
            throw wrong(place + "/filling", "There are " + sites + " sites and " + all.size() + " fillings.");
        }
        List<Boolean> filling = new ArrayList<>(sites);
        for (int i = 0; i < sites; i++) {
            double value = number(all.get(i), place + "/filling/" + i);
            if (value != 0 && value != 1) {
                throw wrong(place + "/filling/" + i, "A site is filled, 1, or empty, 0.");
            }
            filling.add(value == 1);
        }
        return filling;
    }

    private static Series uniform(JsonObject field, String parent, String name) {
        JsonObject physical = object(field, parent, name);
        String path = parent + "/" + name;
        known(physical, path, Set.of("time_series", "pattern"));
        if (!(physical.get("pattern") instanceof JsonString pattern)
                || !pattern.getString().equals("uniform")) {
            throw wrong(path + "/pattern", "The pattern of a driving field is \"uniform\".");
        }
        return series(physical, path);
    }

    private static Series series(JsonObject physical, String parent) {
        JsonObject series = object(physical, parent, "time_series");
        String path = parent + "/time_series";
        known(series, path, Set.of("times", "values"));
        List<Double> times = numbers(array(series, path, "times"), path + "/times", MOST_TIMES);
        List<Double> values = numbers(array(series, path, "values"), path + "/values", MOST_TIMES);
        if (times.size() != values.size() || times.size() < 2) {
            throw wrong(
                    path,
                    "There are " + times.size() + " times and " + values.size()
                            + " values; as many of both were expected, at least 2.");
        }
        if (times.getFirst() != 0) {
            throw wrong(path + "/times/0", "Time begins at 0.");
        }
        for (int i = 1; i < times.size(); i++) {
            if (!(times.get(i) > times.get(i - 1))) {
                throw wrong(path + "/times/" + i, "Times must rise.");
            }
        }
        return new Series(path, times, values);
    }

    private static List<LocalDetuning> local(JsonObject hamiltonian, int sites) {
        boolean older = hamiltonian.containsKey("shiftingFields");
        if (older && hamiltonian.containsKey("localDetuning")) {
            throw wrong("/hamiltonian/shiftingFields", "'shiftingFields' and 'localDetuning' are the same; give one.");
        }
        String name = older ? "shiftingFields" : "localDetuning";
        if (!hamiltonian.containsKey(name)) {
            return List.of();
        }
        JsonArray all = array(hamiltonian, "/hamiltonian", name);
        if (all.size() > MOST_SITES) {
            throw wrong("/hamiltonian/" + name, "There are " + all.size() + " local detunings.");
        }
        List<LocalDetuning> detunings = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String path = "/hamiltonian/" + name + "/" + i;
            JsonObject one = object(all.get(i), path);
            known(one, path, Set.of("magnitude"));
            JsonObject magnitude = object(one, path, "magnitude");
            known(magnitude, path + "/magnitude", Set.of("time_series", "pattern"));
            List<Double> pattern =
                    numbers(array(magnitude, path + "/magnitude", "pattern"), path + "/magnitude/pattern", MOST_SITES);
            if (pattern.size() != sites) {
                throw wrong(
                        path + "/magnitude/pattern",
                        "There are " + sites + " sites and " + pattern.size() + " factors.");
            }
            detunings.add(new LocalDetuning(path, series(magnitude, path + "/magnitude"), pattern));
        }
        return detunings;
    }

    /// The header and the list of local detunings may be left out here; the service wants both.
    private static JsonObject document(JsonObject root, JsonObject hamiltonian) {
        boolean local = hamiltonian.containsKey("localDetuning") || hamiltonian.containsKey("shiftingFields");
        return Json.createObjectBuilder(root)
                .add(
                        "braketSchemaHeader",
                        Json.createObjectBuilder().add("name", SCHEMA).add("version", "1"))
                .add(
                        "hamiltonian",
                        local
                                ? hamiltonian
                                : Json.createObjectBuilder(hamiltonian)
                                        .add("localDetuning", JsonValue.EMPTY_JSON_ARRAY)
                                        .build())
                .build();
    }

    private static void known(JsonObject object, String path, Set<String> members) {
        for (String member : object.keySet()) {
            if (!members.contains(member)) {
                String name = member.length() > 60 ? member.substring(0, 60) : member;
                throw new CircuitException(
                        CircuitProblem.UNKNOWN_NAME,
                        "An analog program has no member '" + name + "' here.",
                        0,
                        0,
                        path + "/" + name.replace("~", "~0").replace("/", "~1"));
            }
        }
    }

    private static JsonObject object(JsonObject parent, String path, String name) {
        return object(parent.getOrDefault(name, JsonValue.NULL), path + "/" + name);
    }

    private static JsonObject object(JsonValue value, String path) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrong(path, "An object was expected.");
    }

    private static JsonArray array(JsonObject parent, String path, String name) {
        if (parent.get(name) instanceof JsonArray array) {
            return array;
        }
        throw wrong(path + "/" + name, "A list was expected.");
    }

    private static List<Double> numbers(JsonValue value, String path, int most) {
        if (!(value instanceof JsonArray all)) {
            throw wrong(path, "A list of numbers was expected.");
        }
        if (all.size() > most) {
            throw new CircuitException(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "There are " + all.size() + " numbers; at most " + most + " are taken.",
                    0,
                    0,
                    path);
        }
        List<Double> numbers = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            numbers.add(number(all.get(i), path + "/" + i));
        }
        return numbers;
    }

    private static double number(JsonValue value, String path) {
        double number = Double.NaN;
        if (value instanceof JsonNumber plain) {
            number = plain.doubleValue();
        } else if (value instanceof JsonString text
                && text.getString().length() <= LONGEST_NUMBER
                && text.getString().matches("[+-]?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]{1,3})?")) {
            number = new BigDecimal(text.getString()).doubleValue();
        }
        if (!Double.isFinite(number)) {
            throw wrong(path, "A number was expected.");
        }
        return number;
    }

    private static CircuitException wrong(String path, String message) {
        return new CircuitException(CircuitProblem.INVALID_VALUE, message, 0, 0, path);
    }
}
