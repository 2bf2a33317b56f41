package org.quantumhub.hardware.braket.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.quantumhub.hardware.braket.service.BraketClients.Reach;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Fetches results from S3: only from our own bucket and prefix, whatever an answer says, and never more than fits, all
/// files of a result together.
@ApplicationScoped
public class BraketStorage {

    private static final int LARGEST = 64 << 20;
    private static final int MOST_PROGRAMS = 1_000;
    private static final String TOO_LARGE = "RESULT_TOO_LARGE";

    @Inject
    BraketClients clients;

    private final int largest;

    public BraketStorage() {
        this(LARGEST);
    }

    /// @param largest how many bytes a result may have
    BraketStorage(int largest) {
        this.largest = largest;
    }

    /// Where the files of a task lie, and how many bytes they may still have.
    private static final class Place {

        private final String region;
        private final String bucket;
        private int left;

        Place(String region, String bucket, int left) {
            this.region = region;
            this.bucket = bucket;
            this.left = left;
        }
    }

    /// The result document of a task.
    ///
    /// @param directory as the task tells it
    /// @throws ProviderException BROKEN for a foreign place, for what is no JSON and for more than 64 MiB, NOT_DONE
    /// when
    /// the file is not there yet
    JsonObject result(String region, String bucket, String directory) {
        String expected = clients.bucket(region).orElse("");
        if (!bucket.equals(expected) || !directory.startsWith(clients.prefix() + "/") || directory.contains("..")) {
            throw ProviderException.broken(
                    "RESULT_ELSEWHERE",
                    "The result is said to lie at " + bucket + "/" + directory + ", not in our place.");
        }
        Place place = new Place(region, bucket, largest);
        return withPrograms(place, directory, object(place, directory + "/results.json"));
    }

    /// The documents of a program set name the files of their parts; those are put in their place. Programs lie
    /// relative to the task's folder, executables relative to that of their program. A file of an executable that
    /// cannot
    /// be had leaves its place empty: it is missing alone.
    private JsonObject withPrograms(Place place, String directory, JsonObject document) {
        if (!(document.get("programResults") instanceof JsonArray programs)) {
            return document;
        }
        if (document.get("s3Location") instanceof JsonArray told
                && !told.isEmpty()
                && !(told.size() == 2
                        && told.get(0) instanceof JsonString said
                        && said.getString().equals(place.bucket)
                        && told.get(1) instanceof JsonString prefix
                        && prefix.getString().equals(directory))) {
            throw ProviderException.broken(
                    "RESULT_ELSEWHERE", "The parts of the result are said to lie elsewhere: " + told + ".");
        }
        JsonArrayBuilder found = Json.createArrayBuilder();
        for (JsonValue program : limited(programs)) {
            if (program instanceof JsonString path) {
                String key = directory + "/" + inside(path.getString());
                found.add(withExecutables(place, key.substring(0, key.lastIndexOf('/')), object(place, key)));
            } else {
                found.add(program);
            }
        }
        JsonObjectBuilder whole = Json.createObjectBuilder(document).add("programResults", found);
        if (document.get("taskMetadata") instanceof JsonString path) {
            whole.add("taskMetadata", object(place, directory + "/" + inside(path.getString())));
        }
        return whole.build();
    }

    private JsonObject withExecutables(Place place, String folder, JsonObject program) {
        if (!(program.get("executableResults") instanceof JsonArray executables)) {
            return program;
        }
        JsonArrayBuilder found = Json.createArrayBuilder();
        for (JsonValue executable : limited(executables)) {
            if (executable instanceof JsonString path) {
                String key = folder + "/" + inside(path.getString());
                try {
                    found.add(object(place, key));
                } catch (ProviderException missing) {
                    if (missing.isSilence() || missing.code().equals(TOO_LARGE)) {
                        throw missing;
                    }
                    found.add(JsonValue.NULL);
                }
            } else {
                found.add(executable);
            }
        }
        return Json.createObjectBuilder(program).add("executableResults", found).build();
    }

    private static JsonArray limited(JsonArray parts) {
        if (parts.size() > MOST_PROGRAMS) {
            throw ProviderException.broken(TOO_LARGE, "The result is said to have " + parts.size() + " parts.");
        }
        return parts;
    }

    private static String inside(String path) {
        if (path.contains("..") || path.startsWith("/")) {
            throw ProviderException.broken("RESULT_ELSEWHERE", "A part of the result is said to lie at " + path + ".");
        }
        return path;
    }

    private JsonObject object(Place place, String key) {
        Reach reach = clients.reach(place.region);
        GetObjectRequest request =
                GetObjectRequest.builder().bucket(place.bucket).key(key).build();
        byte[] bytes = BraketCalls.call(() -> {
            try (ResponseInputStream<GetObjectResponse> stream = reach.s3().getObject(request)) {
                byte[] read = stream.readNBytes(place.left + 1);
                if (read.length > place.left) {
                    stream.abort();
                    throw ProviderException.broken(TOO_LARGE, "The result is larger than " + largest + " bytes.");
                }
                return read;
            } catch (IOException e) {
                throw new ProviderException(Kind.UNKNOWN, "READ_FAILED", String.valueOf(e.getMessage()), 0, null, e);
            }
        });
        place.left -= bytes.length;
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        } catch (JsonException | UncheckedIOException | IllegalStateException e) {
            throw ProviderException.broken("RESULT_MALFORMED", "The file " + key + " is no JSON object.");
        }
    }
}
