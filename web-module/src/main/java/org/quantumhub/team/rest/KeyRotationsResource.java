package org.quantumhub.team.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.team.KeyRotation;
import org.quantumhub.team.service.KeyRotations;

/// The keys under which secrets are encrypted, for administrators.
@Path("/ops/secrets/keys")
@ApplicationScoped
@RolesAllowed(Roles.ADMIN)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Operations")
public class KeyRotationsResource {

    @Inject
    KeyRotations rotations;

    @Schema(name = "KeyRotation")
    public record RotationView(
            UUID id,
            KeyRotation.Kind kind,

            @Schema(
                    description = "where the servers that fulfil it keep their master keys: file, or aws-kms:// and the"
                            + " ARN of a key")
            String masterKeys,

            Instant requestedAt,

            @Schema(description = "missing while it goes on") @Nullable
            Instant finishedAt,

            @Schema(description = "data keys done so far") int rotated,

            @Schema(description = "data keys that do not open and stay as they are; the log names them")
            int failed) {

        static RotationView of(KeyRotation rotation) {
            return new RotationView(
                    rotation.id(),
                    rotation.kind(),
                    rotation.masterKeys(),
                    rotation.requestedAt(),
                    rotation.finishedAt(),
                    rotation.rotated(),
                    rotation.failed());
        }
    }

    @Schema(name = "MasterKeyUse")
    public record MasterKeyView(
            String id,
            boolean current,

            @Schema(description = "data keys wrapped under it")
            long dataKeys) {}

    @Schema(name = "SecretKeys")
    public record KeysView(
            String currentMasterKey,

            @Schema(description = "why the current master key cannot be used; missing while it can") @Nullable
            String problem,

            List<MasterKeyView> masterKeys,
            List<RotationView> rotations) {

        static KeysView of(KeyRotations.Standing standing) {
            return new KeysView(
                    standing.currentMasterKey(),
                    standing.trouble(),
                    standing.dataKeys().entrySet().stream()
                            .map(use -> new MasterKeyView(
                                    use.getKey(), use.getKey().equals(standing.currentMasterKey()), use.getValue()))
                            .toList(),
                    standing.rotations().stream().map(RotationView::of).toList());
        }
    }

    @GET
    @Operation(operationId = "getSecretKeys", summary = "Under which master keys there are data keys, and what rotates")
    public KeysView get(@Context SecurityContext security) {
        return KeysView.of(rotations.standing(Door.caller(security)));
    }

    @POST
    @Path("/rotate-master")
    @Operation(
            operationId = "rotateMasterKey",
            summary = "Make a new master key and wrap every data key under it",
            description =
                    "In the background, while everything goes on working. Wished for twice, it is done once. With AWS"
                            + " KMS the master key is the one that is configured: data keys under any other are wrapped under it,"
                            + " and those under it anew, with its latest material.")
    public KeysView rotateMaster(@Context SecurityContext security) {
        return KeysView.of(rotations.wish(Door.caller(security), KeyRotation.Kind.MASTER_KEY));
    }

    @POST
    @Path("/rotate-data")
    @Operation(
            operationId = "rotateDataKeys",
            summary = "Make a new data key for every team and encrypt its secrets under it",
            description = "In the background, while everything goes on working. Wished for twice, it is done once.")
    public KeysView rotateData(@Context SecurityContext security) {
        return KeysView.of(rotations.wish(Door.caller(security), KeyRotation.Kind.DATA_KEYS));
    }
}
