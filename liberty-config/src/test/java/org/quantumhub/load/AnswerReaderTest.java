package org.quantumhub.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.quantumhub.load.AnswerReader.Answer;

class AnswerReaderTest {

    private static final String WITH_LENGTH =
            "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\ncontent-LENGTH: 12\r\n\r\n{\"id\":\"é\"}\n";
    private static final String IN_CHUNKS =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + "A \r\n0123456789\r\n2\r\n\r\n\r\n0\r\n\r\n";
    private static final String EMPTY = "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n";

    /// A connection that gives so many bytes at a time, and ends.
    private static ReadableByteChannel connection(String text, int atATime) {
        ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer into) {
                if (!content.hasRemaining()) {
                    return -1;
                }
                int count = Math.min(Math.min(atATime, into.remaining()), content.remaining());
                into.put(content.slice(content.position(), count));
                content.position(content.position() + count);
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // nothing to close
            }
        };
    }

    private static List<Answer> all(String text, int atATime) throws IOException {
        AnswerReader reader = new AnswerReader();
        ReadableByteChannel connection = connection(text, atATime);
        List<Answer> answers = new ArrayList<>();
        while (reader.fill(connection)) {
            for (Answer answer = reader.next(); answer != null; answer = reader.next()) {
                answers.add(answer);
            }
        }
        return answers;
    }

    @Test
    void answers_are_put_together_however_they_are_cut() throws IOException {
        for (int atATime = 1; atATime < 300; atATime++) {
            assertThat(all(WITH_LENGTH + IN_CHUNKS + EMPTY + WITH_LENGTH, atATime))
                    .as("%d bytes at a time", atATime)
                    .containsExactly(
                            new Answer(201, "{\"id\":\"é\"}\n"),
                            new Answer(200, "0123456789\r\n"),
                            new Answer(204, ""),
                            new Answer(201, "{\"id\":\"é\"}\n"));
        }
    }

    @Test
    void an_answer_may_be_longer_than_usual() throws IOException {
        String body = "x".repeat(100_000);
        assertThat(all("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body, 3_000))
                .containsExactly(new Answer(200, body));
    }

    @Test
    void a_connection_that_ends_within_an_answer_is_an_error() {
        for (String answer : List.of(WITH_LENGTH, IN_CHUNKS)) {
            assertThatThrownBy(() -> all(answer.substring(0, answer.length() - 1), 20))
                    .isInstanceOf(EOFException.class);
        }
    }
}
