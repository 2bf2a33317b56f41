package org.quantumhub.shared.rest;

import jakarta.json.Json;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Reads the records that requests bring, and is strict about it: size and nesting are bounded, a field twice or one
/// that
/// the record does not have is refused by name, and so is the character NUL, which no text column can hold.
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class StrictJson implements MessageBodyReader<Record> {

    private static final int LARGEST_BODY = 4 << 20;
    private static final int DEEPEST = 64;

    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private final Jsonb jsonb = JsonbBuilder.create(new JsonbConfig());

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type.isRecord();
    }

    @Override
    public Record readFrom(
            Class<Record> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new HubException(ProblemCode.BODY_TOO_LARGE, "The body is larger than " + LARGEST_BODY + " bytes.")
                    .with("limit", LARGEST_BODY);
        }
        requireUtf8(bytes);
        check(bytes, RecordShape.of(type));
        try {
            return jsonb.fromJson(new ByteArrayInputStream(bytes), type);
        } catch (JsonbException e) {
            throw wrongType(e);
        }
    }

    private static void requireUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new HubException(ProblemCode.MALFORMED_JSON, "The body is not UTF-8.", e);
        }
    }

    private static HubException wrongType(JsonbException e) {
        // "Unable to deserialize property 'shots' because of: ..." is the binding's only hint at the field
        String message = String.valueOf(e.getMessage());
        int from = message.indexOf('\'');
        int to = from < 0 ? -1 : message.indexOf('\'', from + 1);
        String field = to < 0 ? null : message.substring(from + 1, to);
        return new HubException(
                        ProblemCode.INVALID_FIELD,
                        field == null
                                ? "A field has a value of another type than it takes."
                                : "The field '" + field + "' has a value of another type than it takes.",
                        e)
                .with("field", field);
    }

    /// Goes through the whole document once before anything is built from it.
    private static void check(byte[] bytes, RecordShape shape) {
        try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            Deque<Set<String>> objects = new ArrayDeque<>();
            int depth = 0;
            boolean first = true;
            String field = null;
            while (parser.hasNext()) {
                JsonParser.Event event = parser.next();
                if (first && event != JsonParser.Event.START_OBJECT) {
                    throw problem(ProblemCode.INVALID_FIELD, "The body must be a JSON object.", parser, null);
                }
                first = false;
                if (field != null && depth <= 2) {
                    checkKind(parser, event, shape, field, depth);
                }
                switch (event) {
                    case START_OBJECT, START_ARRAY -> {
                        if (++depth > DEEPEST) {
                            throw problem(
                                    ProblemCode.INVALID_FIELD,
                                    "The body is nested more than " + DEEPEST + " levels deep.",
                                    parser,
                                    null);
                        }
                        if (event == JsonParser.Event.START_OBJECT) {
                            objects.push(new HashSet<>());
                        }
                    }
                    case END_OBJECT -> {
                        depth--;
                        objects.pop();
                    }
                    case END_ARRAY -> depth--;
                    case KEY_NAME -> {
                        checkKey(parser, objects, shape.fields());
                        field = depth == 1 ? parser.getString() : field;
                    }
                    case VALUE_STRING -> refuseNul(parser, parser.getString());
                    default -> {
                        // numbers, true, false and null hold no text
                    }
                }
            }
            if (first) {
                throw new HubException(ProblemCode.MALFORMED_JSON, "The body is empty.");
            }
        } catch (JsonParsingException e) {
            throw new HubException(ProblemCode.MALFORMED_JSON, "The body is not JSON: look near the place given.", e)
                    .with("line", e.getLocation().getLineNumber())
                    .with("column", e.getLocation().getColumnNumber());
        }
    }

    /// A value of a field of the record, or an element of a list in one.
    private static void checkKind(
            JsonParser parser, JsonParser.Event event, RecordShape shape, String field, int depth) {
        boolean begins = event != JsonParser.Event.END_OBJECT
                && event != JsonParser.Event.END_ARRAY
                && event != JsonParser.Event.KEY_NAME;
        boolean written = event == JsonParser.Event.VALUE_NUMBER || event == JsonParser.Event.VALUE_STRING;
        String text = written ? parser.getString() : null;
        if (begins && !(depth == 1 ? shape.takes(field, event, text) : shape.takesElement(field, event, text))) {
            throw problem(
                    ProblemCode.INVALID_FIELD,
                    "The field '" + field + "' takes " + shape.wanted(field) + ".",
                    parser,
                    field);
        }
    }

    private static void checkKey(JsonParser parser, Deque<Set<String>> objects, Set<String> fields) {
        String key = parser.getString();
        refuseNul(parser, key);
        if (!objects.element().add(key)) {
            throw problem(
                    ProblemCode.INVALID_FIELD, "The field '" + key + "' stands twice in one object.", parser, key);
        }
        if (objects.size() == 1 && !fields.contains(key)) {
            throw problem(
                    ProblemCode.UNKNOWN_FIELD,
                    "There is no field '" + key + "' here; known are "
                            + fields.stream().sorted().toList() + ".",
                    parser,
                    key);
        }
    }

    private static void refuseNul(JsonParser parser, String text) {
        if (text.indexOf('\0') >= 0) {
            throw problem(ProblemCode.INVALID_FIELD, "The character NUL cannot be stored.", parser, null);
        }
    }

    private static HubException problem(ProblemCode code, String message, JsonParser parser, @Nullable String field) {
        return new HubException(code, message)
                .with("field", field)
                .with("line", parser.getLocation().getLineNumber())
                .with("column", parser.getLocation().getColumnNumber());
    }
}
