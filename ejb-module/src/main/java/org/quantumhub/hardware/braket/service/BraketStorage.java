package org.quantumhub.hardware.braket.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
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

/// Fetches results from S3: only from our own bucket and prefix, whatever an answer says, and never more than fits.
@ApplicationScoped
public class BraketStorage {

    private static final int LARGEST = 64 << 20;
    private static final int MOST_PROGRAMS = 1_000;

    @Inject
    BraketClients clients;

    /// The result document of a task.
    ///
    /// @param directory as the task tells it
    /// @throws ProviderException BROKEN for a foreign place and for what is no JSON, NOT_DONE when the file is not
    /// there yet
    JsonObject result(String region, String bucket, String directory) {
        String expected = clients.bucket(region).orElse("");
        if (!bucket.equals(expected) || !directory.startsWith(clients.prefix() + "/") || directory.contains("..")) {
            throw ProviderException.broken(
                    "RESULT_ELSEWHERE",
                    "The result is said to lie at " + bucket + "/" + directory + ", not in our place.");
        }
        return withPrograms(region, bucket, directory, object(region, bucket, directory + "/results.json"));
    }

    /// A program set's document names the files of its programs; they are put in their place.
    private JsonObject withPrograms(String region, String bucket, String directory, JsonObject document) {
        if (!(document.get("programResults") instanceof JsonArray programs)) {
            return document;
        }
        if (programs.size() > MOST_PROGRAMS) {
            throw ProviderException.broken(
                    "RESULT_TOO_LARGE", "The result is said to have " + programs.size() + " programs.");
        }
        JsonArrayBuilder found = Json.createArrayBuilder();
        for (JsonValue program : programs) {
            if (program instanceof JsonString path) {
                if (path.getString().contains("..") || path.getString().startsWith("/")) {
                    throw ProviderException.broken("RESULT_ELSEWHERE", "A program's result is said to lie at " + path);
                }
                found.add(object(region, bucket, directory + "/" + path.getString()));
            } else {
                found.add(program);
            }
        }
        return Json.createObjectBuilder(document).add("programResults", found).build();
    }

    private JsonObject object(String region, String bucket, String key) {
        Reach reach = clients.reach(region);
        GetObjectRequest request =
                GetObjectRequest.builder().bucket(bucket).key(key).build();
        byte[] bytes = BraketCalls.call(() -> {
            try (ResponseInputStream<GetObjectResponse> stream = reach.s3().getObject(request)) {
                byte[] read = stream.readNBytes(LARGEST + 1);
                if (read.length > LARGEST) {
                    stream.abort();
                    throw ProviderException.broken(
                            "RESULT_TOO_LARGE", "The result is larger than " + LARGEST + " bytes.");
                }
                return read;
            } catch (IOException e) {
                throw new ProviderException(Kind.UNKNOWN, "READ_FAILED", String.valueOf(e.getMessage()), 0, null, e);
            }
        });
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        } catch (JsonException | UncheckedIOException | IllegalStateException e) {
            throw ProviderException.broken("RESULT_MALFORMED", "The file " + key + " is no JSON object.");
        }
    }
}
