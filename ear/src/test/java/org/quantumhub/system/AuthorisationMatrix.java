package org.quantumhub.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `authorisation.txt` says.
///
/// @param rules by name
/// @param operations by method and path, such as `GET /api/v1/jobs`
record AuthorisationMatrix(Map<String, Rule> rules, Map<String, Operation> operations) {

    /// Who asks.
    enum Who {
        ANONYMOUS,
        REVOKED,
        CONSUMER,
        DEVELOPER,
        STRANGER,
        MEMBER,
        ADMIN,
        OWNER,
        ADMINISTRATOR,
        OPERATOR,
        AUDITOR,
        SUSPENDED
    }

    /// What is expected for one kind of caller.
    enum Verdict {
        OK,
        UNAUTHENTICATED,
        FORBIDDEN,
        SUSPENDED;

        private static Verdict read(String word) {
            return switch (word) {
                case "ok" -> OK;
                case "401" -> UNAUTHENTICATED;
                case "403" -> FORBIDDEN;
                case "sus" -> SUSPENDED;
                default -> throw new IllegalStateException("no verdict: " + word);
            };
        }
    }

    /// @param own what is expected with ids of the own team
    /// @param anybodys whether it makes no difference whose the ids are
    record Rule(Map<Who, Verdict> own, boolean anybodys) {

        Verdict expects(Who who) {
            return Objects.requireNonNull(own.get(who));
        }
    }

    /// @param fixtures what the parameters of the path stand for
    /// @param body empty for none
    record Operation(String method, String path, Rule rule, Map<String, String> fixtures, String body) {

        boolean hasIds() {
            return path.contains("{") && !fixtures.containsValue("backend") && !fixtures.containsValue("price");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final Pattern OPERATION =
            Pattern.compile("([A-Z]+) +(/\\S+) +([a-z-]+) +(-|\\S+=\\S+(?: +\\S+=\\S+)*?)(?: +(\\{.*}))?");

    static AuthorisationMatrix read() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        Map<String, Operation> operations = new LinkedHashMap<>();
        List<Who> columns = new ArrayList<>();
        for (String line : lines()) {
            Matcher operation = OPERATION.matcher(line);
            if (line.startsWith("rule ")) {
                Arrays.stream(line.split(" +"))
                        .skip(1)
                        .filter(word -> !word.equals("other"))
                        .forEach(word -> columns.add(Who.valueOf(word.toUpperCase(Locale.ROOT))));
            } else if (operation.matches()) {
                Operation read = operation(operation, rules);
                if (operations.put(read.toString(), read) != null) {
                    throw new IllegalStateException("twice: " + read);
                }
            } else {
                rule(line, columns, rules);
            }
        }
        if (!Set.copyOf(columns).equals(Set.of(Who.values()))) {
            throw new IllegalStateException("columns: " + columns);
        }
        return new AuthorisationMatrix(rules, operations);
    }

    private static void rule(String line, List<Who> columns, Map<String, Rule> rules) {
        List<String> words = List.of(line.split(" +"));
        if (words.size() != columns.size() + 2) {
            throw new IllegalStateException("neither rule nor operation: " + line);
        }
        Map<Who, Verdict> own = new EnumMap<>(Who.class);
        for (int i = 0; i < columns.size(); i++) {
            own.put(columns.get(i), Verdict.read(words.get(i + 1)));
        }
        rules.put(words.getFirst(), new Rule(own, words.getLast().equals("same")));
    }

    private static Operation operation(Matcher line, Map<String, Rule> rules) {
        Map<String, String> fixtures = new LinkedHashMap<>();
        if (!line.group(4).equals("-")) {
            for (String pair : line.group(4).split(" +")) {
                fixtures.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        String path = "/api/v1" + line.group(2);
        Set<String> parameters = new TreeSet<>();
        Pattern.compile("\\{([^}]+)}").matcher(path).results().forEach(found -> parameters.add(found.group(1)));
        parameters.remove("teamId");
        if (!parameters.equals(fixtures.keySet())) {
            throw new IllegalStateException("parameters of " + line.group() + " are " + parameters);
        }
        Rule rule = Objects.requireNonNull(rules.get(line.group(3)), () -> "no rule: " + line.group());
        return new Operation(line.group(1), path, rule, fixtures, line.group(5) == null ? "" : line.group(5));
    }

    private static List<String> lines() {
        try (InputStream file = AuthorisationMatrix.class.getResourceAsStream("authorisation.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
