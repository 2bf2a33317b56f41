import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes the inner loops of the engine, for `double` and for `float`, from one template each.
///
/// A template is Java with
///
/// * `${Element}`, `${Box}`, `${Vector}`: the number type and what belongs to it;
/// * `${expression}`: a whole number, from loop variables, `Wide` (the lane bits of a vector of 512 bits), `+ - * <<`,
///   `|`, `&` and parentheses;
/// * `//% for i in 0 .. 8`, `//% if a == b`, `//% else`, `//% end` on lines of their own. The upper bound is not
/// reached.
///
/// ```text
/// java KernelGenerator.java TEMPLATES OUTPUT
/// ```
public final class KernelGenerator {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern LOOP = Pattern.compile("//% for (\\w+) in (.+) \\.\\. (.+)");
    private static final Pattern CHOICE = Pattern.compile("//% if (.+) == (.+)");
    private static final String ELSE = "//% else";
    private static final String PACKAGE = "org/quantumhub/engine/simulator";

    private final Map<String, String> names;

    private KernelGenerator(Map<String, String> names) {
        this.names = names;
    }

    public static void main(String[] arguments) throws IOException {
        Path output = Path.of(arguments[1]).resolve(PACKAGE);
        Files.createDirectories(output);
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path file : files.sorted().toList()) {
                for (String element : List.of("double", "float")) {
                    String box = element.equals("double") ? "Double" : "Float";
                    String name = box + file.getFileName().toString().replace(".template", ".java");
                    KernelGenerator generator =
                            new KernelGenerator(Map.of("Element", element, "Box", box, "Vector", box + "Vector"));
                    StringBuilder text = new StringBuilder();
                    int wide = element.equals("double") ? 3 : 4;
                    generator.expand(Files.readAllLines(file), new TreeMap<>(Map.of("Wide", wide)), text);
                    write(output.resolve(name), text.toString());
                }
            }
        }
    }

    /// Leaves a file alone that is as it should be, so that nothing is compiled anew for nothing.
    private static void write(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }

    private void expand(List<String> lines, Map<String, Integer> variables, StringBuilder out) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String command = line.strip();
            if (!command.startsWith("//%")) {
                out.append(substituted(line, variables)).append('\n');
                continue;
            }
            List<String> body = body(lines, i);
            i += body.size() + 1;
            Matcher loop = LOOP.matcher(command);
            Matcher choice = CHOICE.matcher(command);
            if (loop.matches()) {
                int end = number(loop.group(3), variables);
                for (int value = number(loop.group(2), variables); value < end; value++) {
                    Map<String, Integer> inner = new TreeMap<>(variables);
                    inner.put(loop.group(1), value);
                    expand(body, inner, out);
                }
            } else if (choice.matches()) {
                int otherwise = otherwise(body);
                boolean same = value(choice.group(1), variables).equals(value(choice.group(2), variables));
                expand(
                        same
                                ? body.subList(0, otherwise)
                                : body.subList(Math.min(otherwise + 1, body.size()), body.size()),
                        variables,
                        out);
            } else {
                throw new IllegalArgumentException("Not understood: " + command);
            }
        }
    }

    /// The lines up to the end that belongs to a command.
    private static List<String> body(List<String> lines, int command) {
        List<String> body = new ArrayList<>();
        int depth = 1;
        for (int i = command + 1; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("//% end")) {
                depth--;
            } else if (line.startsWith("//%") && !line.equals(ELSE)) {
                depth++;
            }
            if (depth == 0) {
                return body;
            }
            body.add(lines.get(i));
        }
        throw new IllegalArgumentException("No end for: " + lines.get(command));
    }

    /// Where the other part of a choice begins; the end where there is none.
    private static int otherwise(List<String> body) {
        int depth = 0;
        for (int i = 0; i < body.size(); i++) {
            String line = body.get(i).strip();
            if (line.equals(ELSE) && depth == 0) {
                return i;
            }
            boolean command = line.startsWith("//%") && !line.equals(ELSE);
            depth += !command ? 0 : line.startsWith("//% end") ? -1 : 1;
        }
        return body.size();
    }

    private String substituted(String line, Map<String, Integer> variables) {
        return PLACE.matcher(line).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), variables)));
    }

    private String value(String text, Map<String, Integer> variables) {
        String name = names.get(text);
        if (name != null) {
            return name;
        }
        return text.equals("double") || text.equals("float") ? text : String.valueOf(number(text, variables));
    }

    private static int number(String text, Map<String, Integer> variables) {
        return new Reader(text, variables).whole();
    }

    /// Whole numbers with the precedence of Java.
    private static final class Reader {
        private final String text;
        private final Map<String, Integer> variables;
        private int at;

        Reader(String text, Map<String, Integer> variables) {
            this.text = text.replace(" ", "");
            this.variables = variables;
        }

        int whole() {
            int value = or();
            if (at < text.length()) {
                throw new IllegalArgumentException("Not understood: " + text);
            }
            return value;
        }

        private boolean accept(String symbol) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return true;
            }
            return false;
        }

        private int or() {
            int value = and();
            while (accept("|")) {
                value |= and();
            }
            return value;
        }

        private int and() {
            int value = shift();
            while (accept("&")) {
                value &= shift();
            }
            return value;
        }

        private int shift() {
            int value = sum();
            while (true) {
                if (accept("<<")) {
                    value <<= sum();
                } else if (accept(">>")) {
                    value >>= sum();
                } else {
                    return value;
                }
            }
        }

        private int sum() {
            int value = product();
            while (true) {
                if (accept("+")) {
                    value += product();
                } else if (accept("-")) {
                    value -= product();
                } else {
                    return value;
                }
            }
        }

        private int product() {
            int value = single();
            while (accept("*")) {
                value *= single();
            }
            return value;
        }

        private int single() {
            if (accept("(")) {
                int value = or();
                accept(")");
                return value;
            }
            int start = at;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            String word = text.substring(start, at);
            Integer value = variables.get(word);
            return value != null ? value : Integer.parseInt(word);
        }
    }
}
