package org.quantumhub.account.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.StringReader;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.UserProfile;
import org.quantumhub.account.service.ProfileChange;
import org.quantumhub.account.service.Users;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;

/// What people tell about themselves.
@Path("/users/{id}/profile")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Accounts")
public class ProfileResource {

    private static final int MOST_ENTRIES = 20;
    private static final int LONGEST_NAME = 50;
    private static final int LONGEST_VALUE = 255;
    private static final String HTTPS = "https://";

    @Inject
    Users users;

    @Schema(name = "ProfileChange", description = "The whole profile as it is to be; what is missing is taken away")
    public record Change(
            @Nullable @Size(max = 100) String organization,
            @Nullable @Size(max = 4000) String bio,

            @Nullable @Size(max = 255) @Pattern(regexp = "https://[^\\s\"'<>]+", message = "must be an https address")
            String avatarUrl,

            @Schema(description = "up to 20 names and texts, such as {\"phone\": \"…\"}") @Nullable
            JsonObject contactInfo,

            @Schema(description = "up to 20 names and https addresses") @Nullable
            JsonObject socialLinks) {

        ProfileChange wanted() {
            return new ProfileChange(
                    organization,
                    bio,
                    avatarUrl,
                    checked(contactInfo, "contactInfo", ""),
                    checked(socialLinks, "socialLinks", HTTPS));
        }

        private static @Nullable String checked(@Nullable JsonObject object, String field, String start) {
            if (object == null) {
                return null;
            }
            if (object.size() > MOST_ENTRIES) {
                throw wrong(field, "has more than " + MOST_ENTRIES + " entries");
            }
            object.forEach((name, value) -> {
                if (name.isEmpty() || name.length() > LONGEST_NAME) {
                    throw wrong(field, "has a name that is empty or longer than " + LONGEST_NAME + " characters");
                }
                if (value.getValueType() != JsonValue.ValueType.STRING
                        || ((JsonString) value).getString().length() > LONGEST_VALUE
                        || !((JsonString) value).getString().startsWith(start)) {
                    throw wrong(
                            field + "." + name,
                            "must be a text of at most " + LONGEST_VALUE + " characters"
                                    + (start.isEmpty() ? "" : " that begins with " + start));
                }
            });
            return object.toString();
        }

        private static HubException wrong(String field, String message) {
            return new HubException(ProblemCode.INVALID_FIELD, field + ": " + message + ".").with("field", field);
        }
    }

    @Schema(name = "Profile")
    public record ProfileView(
            UUID userId,
            @Nullable String organization,
            @Nullable String bio,
            @Nullable String avatarUrl,
            @Nullable JsonObject contactInfo,
            @Nullable JsonObject socialLinks,
            Instant updatedAt) {

        static ProfileView of(UserProfile profile) {
            return new ProfileView(
                    profile.userId(),
                    profile.organization(),
                    profile.bio(),
                    profile.avatarUrl(),
                    object(profile.contactInfo()),
                    object(profile.socialLinks()),
                    profile.updatedAt());
        }

        private static @Nullable JsonObject object(@Nullable String text) {
            if (text == null) {
                return null;
            }
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                return reader.readObject();
            }
        }
    }

    @GET
    @Operation(operationId = "getProfile", summary = "The caller's own profile; for administrators, anybody's")
    public ProfileView get(@PathParam("id") UUID id, @Context SecurityContext security) {
        return ProfileView.of(users.profile(Door.caller(security), id));
    }

    @PUT
    @Operation(operationId = "updateProfile", summary = "Set a profile")
    public ProfileView update(
            @PathParam("id") UUID id, @NotNull @Valid Change body, @Context SecurityContext security) {
        return ProfileView.of(users.tell(Door.caller(security), id, body.wanted()));
    }
}
