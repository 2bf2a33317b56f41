package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A repetition of what is a repetition itself, such as `(a+)+`, lets a text of thirty characters keep a processor busy
/// for
/// hours. None of the hub's expressions has one whose inner part alone may be repeated.
class RegularExpressionsTest {

    /// Where expressions stand in a source: as the first text after one of these.
    private static final Pattern PLACES = Pattern.compile(
            "(?:Pattern\\.compile\\(|\\.matches\\(|\\.replaceAll\\(|\\.replaceFirst\\(|\\.split\\(|regexp\\s*=)\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");

    private static List<String> expressions(Path source) {
        List<String> found = new ArrayList<>();
        Matcher places = PLACES.matcher(Project.read(source));
        while (places.find()) {
            found.add(places.group(1).translateEscapes());
        }
        return found;
    }

    /// Whether a group that may repeat begins with what its own repeated end may be as well: only then can one text be
    /// taken apart in many ways. A group with a fixed beginning such as `([.][a-z]+)+` cannot.
    private static boolean explodes(String expression) {
        Deque<Integer> open = new ArrayDeque<>();
        boolean inClass = false;
        for (int at = 0; at < expression.length(); at++) {
            char c = expression.charAt(at);
            if (c == '\\') {
                at++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '(') {
                open.push(at + 1);
            } else if (c == ')') {
                String group = expression.substring(open.pop(), at).replaceFirst("^\\?:", "");
                String after = expression.substring(at + 1);
                boolean repeats = after.matches("(?s)([*+]|\\{[0-9]+,\\}).*") && !after.matches("(?s).\\+.*");
                if (repeats && group.matches("(?s)(\\[[^\\]]+\\]|\\\\[wdsWDS.]|[^\\\\(|])[*+].*")) {
                    return true;
                }
                if (repeats && group.matches("(?s).*\\).*[*+].*") && group.matches("(?s)\\(.*")) {
                    return true;
                }
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "(a+)+ ! true",
                "^([a-z]*)*$ ! true",
                "(\\w+\\s?)+ ! true",
                "((ab)+)+ ! true",
                "([.][a-z-]+)+ ! false",
                "(?:[^x]|y)*+ ! false",
                "[a-z]+(,[a-z]+)* ! false",
                "[0-9]{1,3} ! false"
            })
    void the_look_itself_knows_what_explodes(String expression, boolean expected) {
        assertThat(explodes(expression)).isEqualTo(expected);
    }

    @Test
    void no_expression_of_the_hub_repeats_a_repetition() throws IOException {
        List<String> all = new ArrayList<>();
        List<String> explosive = new ArrayList<>();
        for (String module : List.of(
                "quantum-engine", "persistence-unit", "ejb-module", "batch-jobs", "web-module", "liberty-config")) {
            try (Stream<Path> sources = Files.walk(Project.folder().resolve(module + "/src/main/java"))) {
                for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                        .toList()) {
                    for (String expression : expressions(source)) {
                        all.add(expression);
                        if (explodes(expression)) {
                            explosive.add(source.getFileName() + ": " + expression);
                        }
                    }
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(50);
        assertThat(explosive).isEmpty();
    }
}
