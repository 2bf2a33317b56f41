package org.quantumhub.execution.rest;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.service.Jobs.Interim;

/// What there is of a job while it runs. The results leave as the text they are stored as.
@Schema(name = "InterimResults")
public record InterimView(
        UUID jobId,
        JobStatus status,
        List<Part> items,

        @Schema(description = "pass it as 'after' to get the next page; missing on the last one") @Nullable
        Integer next) {

    /// One circuit of the job.
    @Schema(name = "InterimResult")
    public record Part(
            @Schema(description = "its place in the job, from 0")
            int index,

            UUID jobId,
            JobStatus status,
            @Nullable String statusReason,
            @Nullable String errorMessage,
            long seed,

            @Schema(type = SchemaType.OBJECT, description = "once it has completed") @Nullable
            Object result) {}

    static String json(Interim interim, int size) {
        List<Job> parts = interim.parts();
        boolean more = parts.size() > size;
        StringBuilder json = new StringBuilder("{\"jobId\":\"")
                .append(interim.job().id())
                .append("\",\"status\":\"")
                .append(interim.job().status())
                .append("\",\"items\":[");
        int last = 0;
        for (Job part : more ? parts.subList(0, size) : parts) {
            Integer index = part.childIndex();
            last = index == null || !interim.job().isBundle() ? 0 : index;
            append(json.append(json.charAt(json.length() - 1) == '[' ? "" : ","), part, last, interim);
        }
        json.append(']');
        if (more) {
            json.append(",\"next\":").append(last);
        }
        return json.append('}').toString();
    }

    private static void append(StringBuilder json, Job part, int index, Interim interim) {
        JsonObjectBuilder head = Json.createObjectBuilder()
                .add("index", index)
                .add("jobId", part.id().toString())
                .add("status", part.status().name())
                .add("seed", part.seed());
        add(head, "statusReason", part.statusReason());
        add(head, "errorMessage", part.errorMessage());
        String text = head.build().toString();
        json.append(text, 0, text.length() - 1);
        String result = interim.results().get(part.id());
        if (result != null) {
            json.append(",\"result\":").append(result);
        }
        json.append('}');
    }

    private static void add(JsonObjectBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.add(name, value);
        }
    }
}
