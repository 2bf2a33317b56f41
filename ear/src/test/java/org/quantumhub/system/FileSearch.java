package org.quantumhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Looks for a word in every file of a folder: in the database with its write-ahead log, in logs, in traces.
final class FileSearch {

    private FileSearch() {}

    static List<Path> plain(Path folder, String word) {
        return search(folder, List.of(bytes(word)));
    }

    /// Also as hexadecimal digits and as base64.
    static List<Path> anyForm(Path folder, String word) {
        return search(
                folder,
                List.of(
                        bytes(word),
                        bytes(HexFormat.of().formatHex(bytes(word))),
                        bytes(Base64.getEncoder().withoutPadding().encodeToString(bytes(word)))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Path> search(Path folder, List<byte[]> forms) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/pg/"))
                    .filter(file -> forms.stream().anyMatch(form -> holds(file, form)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean holds(Path file, byte[] form) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() < form.length) {
                return false;
            }
            ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            byte first = form[0];
            for (int at = 0; at <= content.limit() - form.length; at++) {
                if (content.get(at) == first && matches(content, at, form)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException gone) {
            return false; // the database throws files away as it goes
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean matches(ByteBuffer content, int at, byte[] form) {
        for (int i = 1; i < form.length; i++) {
            if (content.get(at + i) != form[i]) {
                return false;
            }
        }
        return true;
    }
}
