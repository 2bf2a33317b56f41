package org.quantumhub.hardware.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.quantumhub.hardware.service.DeviceAccess;
import org.quantumhub.hardware.service.DeviceAccess.Allowed;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;

/// The backends that a team may use.
@Path("/teams/{teamId}/device-access")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Teams")
public class DeviceAccessResource {

    private static final int MOST = 500;

    @Inject
    DeviceAccess access;

    @Schema(name = "DeviceAccess")
    public record AccessView(
            @Schema(description = "false: every backend; true: only those listed")
            boolean listed,

            @Schema(description = "slugs of backends") List<String> backends) {

        static AccessView of(Allowed allowed) {
            return new AccessView(
                    allowed.listed(), allowed.backends().stream().sorted().toList());
        }
    }

    public record NewAccess(
            @NotNull Boolean listed,
            @NotNull @Size(max = MOST) List<@NotBlank @Size(max = 100) String> backends) {}

    @GET
    @Operation(operationId = "getDeviceAccess", summary = "The backends that a team may use")
    public AccessView get(@PathParam("teamId") UUID teamId, @Context SecurityContext security) {
        return AccessView.of(access.of(Door.caller(security)));
    }

    @PUT
    @Operation(
            operationId = "putDeviceAccess",
            summary = "Say which backends a team may use (owners and admins)",
            description = "Jobs on others are refused from now on, on every server within five seconds; those on their"
                    + " way go on.")
    public AccessView put(
            @PathParam("teamId") UUID teamId, @NotNull @Valid NewAccess body, @Context SecurityContext security) {
        return AccessView.of(
                access.replace(Door.caller(security), new Allowed(body.listed(), Set.copyOf(body.backends()))));
    }
}
