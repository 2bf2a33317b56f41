package org.quantumhub.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Puts answers of HTTP/1.1 (RFC 9112) together from what a connection gives, with as much of the protocol as the hub's
/// answers use: a length, chunks, or no content.
final class AnswerReader {

    private static final int USUAL = 4096;
    private static final String HEAD_END = "\r\n\r\n";

    /// What came and has not been taken: from 0 to its position.
    private ByteBuffer bytes = ByteBuffer.allocate(USUAL);

    /// An answer.
    record Answer(int status, String body) {

        boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    private record Content(byte[] bytes, int end) {}

    /// Takes what the channel has just now.
    ///
    /// @return false when the hub has closed the connection
    /// @throws EOFException if it did so within an answer
    boolean fill(ReadableByteChannel channel) throws IOException {
        if (!bytes.hasRemaining()) {
            bytes = ByteBuffer.allocate(bytes.capacity() * 2).put(bytes.flip());
        }
        int read = channel.read(bytes);
        if (read < 0 && bytes.position() > 0) {
            throw new EOFException("the answer ended early");
        }
        return read >= 0;
    }

    /// The next answer, if all of it is there.
    @Nullable
    Answer next() {
        String head = head();
        if (head == null) {
            return null;
        }
        int start = head.length() + HEAD_END.length();
        Content content = content(head.toLowerCase(Locale.ROOT), start);
        if (content == null) {
            return null;
        }
        bytes.flip().position(content.end);
        bytes.compact();
        return new Answer(Integer.parseInt(head, 9, 12, 10), new String(content.bytes, StandardCharsets.UTF_8));
    }

    private @Nullable String head() {
        byte[] all = bytes.array();
        for (int i = HEAD_END.length(); i <= bytes.position(); i++) {
            if (all[i - 1] == '\n' && all[i - 2] == '\r' && all[i - 3] == '\n' && all[i - 4] == '\r') {
                return new String(all, 0, i - HEAD_END.length(), StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    private @Nullable Content content(String head, int start) {
        String encoding = header(head, "transfer-encoding");
        if (encoding != null && encoding.contains("chunked")) {
            return chunks(start);
        }
        String length = header(head, "content-length");
        int end = start + (length == null ? 0 : Integer.parseInt(length));
        return end > bytes.position() ? null : new Content(copy(start, end), end);
    }

    private static @Nullable String header(String head, String name) {
        int line = head.indexOf("\r\n" + name + ":");
        if (line < 0) {
            return null;
        }
        int from = line + name.length() + 3;
        int to = head.indexOf('\r', from);
        return head.substring(from, to < 0 ? head.length() : to).strip();
    }

    /// Each chunk has its size in front, in hexadecimal digits, and a line end behind it; one of size 0 is the last.
    private @Nullable Content chunks(int start) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = start;
        while (true) {
            int lineEnd = lineEnd(at);
            if (lineEnd < 0) {
                return null;
            }
            int size = Integer.parseInt(
                    new String(bytes.array(), at, lineEnd - at, StandardCharsets.ISO_8859_1).strip(), 16);
            int from = lineEnd + 2;
            int to = from + size;
            if (to + 2 > bytes.position()) {
                return null;
            }
            body.write(bytes.array(), from, size);
            at = to + 2;
            if (size == 0) {
                return new Content(body.toByteArray(), at);
            }
        }
    }

    private int lineEnd(int from) {
        for (int i = from; i + 1 < bytes.position(); i++) {
            if (bytes.get(i) == '\r' && bytes.get(i + 1) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes.array(), from, to);
    }
}
