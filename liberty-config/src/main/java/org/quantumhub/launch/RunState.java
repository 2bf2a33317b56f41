package org.quantumhub.launch;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/// What the launcher of a home has running, for other commands and for the next start.
///
/// A process is remembered by its id and the moment it began, since the system gives ids out again.
final class RunState {
    private final Path file;
    private final Properties values = new Properties();

    private RunState(Path file) {
        this.file = file;
    }

    static RunState empty(Path home) {
        return new RunState(home.resolve("state.properties"));
    }

    static RunState read(Path home) {
        RunState state = empty(home);
        if (Files.exists(state.file)) {
            try (Reader reader = Files.newBufferedReader(state.file)) {
                state.values.load(reader);
            } catch (IOException unreadable) {
                throw new UncheckedIOException("The state file " + state.file + " cannot be read.", unreadable);
            }
        }
        return state;
    }

    RunState put(String name, String value) {
        values.setProperty(name, value);
        write();
        return this;
    }

    RunState put(String name, ProcessHandle process) {
        values.setProperty(name + ".pid", String.valueOf(process.pid()));
        values.setProperty(name + ".begun", begun(process));
        write();
        return this;
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.getProperty(name));
    }

    /// The remembered process, if it is that one and lives.
    Optional<ProcessHandle> process(String name) {
        return value(name + ".pid")
                .map(Long::valueOf)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> value(name + ".begun").orElse("").equals(begun(process)));
    }

    private static String begun(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("unknown");
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new UncheckedIOException("The state file " + file + " cannot be removed.", stays);
        }
    }

    private void write() {
        try {
            Path draft = file.resolveSibling("state.properties.new");
            try (Writer writer = Files.newBufferedWriter(draft)) {
                values.store(writer, null);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The state file " + file + " cannot be written.", unwritable);
        }
    }
}
