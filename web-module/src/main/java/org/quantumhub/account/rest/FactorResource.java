package org.quantumhub.account.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.quantumhub.account.service.FactorEnrolment;
import org.quantumhub.account.service.FactorEnrolment.Offer;
import org.quantumhub.account.service.FactorEnrolment.Standing;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;

/// The caller's second factor: codes of an authenticator (TOTP, RFC 6238).
@Path("/auth/mfa")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Accounts")
public class FactorResource {

    @Inject
    FactorEnrolment enrolment;

    @Schema(name = "FactorRequest")
    public record PasswordOnly(
            @Schema(description = "the caller's password; empty where the account has none") @NotNull @Size(max = 1000)
            String password) {

        @Override
        public String toString() {
            return "PasswordOnly[]"; // never the password
        }
    }

    @Schema(name = "FactorCode")
    public record Code(
            @Schema(description = "of the authenticator, or a recovery code") @NotNull @Size(min = 6, max = 20)
            String code) {}

    @Schema(name = "FactorRemoval")
    public record PasswordAndCode(
            @NotNull @Size(max = 1000) String password,
            @NotNull @Size(min = 6, max = 20) String code) {

        @Override
        public String toString() {
            return "PasswordAndCode[]"; // never the password
        }
    }

    @Schema(name = "Factor")
    public record FactorView(boolean enabled, int recoveryCodesLeft) {}

    @Schema(name = "FactorOffer")
    public record OfferView(
            @Schema(description = "base 32, to be typed") String secret,

            @Schema(description = "otpauth:, to be opened") String uri,

            @Schema(description = "a QR code of the address, as SVG")
            String qrSvg) {}

    @Schema(name = "RecoveryCodes")
    public record RecoveryCodesView(
            @Schema(description = "each good once, shown this once")
            List<String> recoveryCodes) {}

    @GET
    @Operation(operationId = "getFactor", summary = "Whether sign-in asks for a code")
    @APIResponseSchema(FactorView.class)
    public FactorView get(@Context SecurityContext security) {
        Standing standing = enrolment.standing(Door.caller(security));
        return new FactorView(standing.enabled(), standing.recoveryCodesLeft());
    }

    @POST
    @Operation(
            operationId = "offerFactor",
            summary = "A secret for an authenticator; sign-in asks for codes once one has been shown")
    @APIResponseSchema(OfferView.class)
    public Response offer(@NotNull @Valid PasswordOnly body, @Context SecurityContext security) {
        Door.session(security);
        Offer offer = enrolment.offer(Door.caller(security), body.password());
        return secret(new OfferView(offer.secret(), offer.uri(), offer.qr()));
    }

    @POST
    @Path("/activation")
    @Operation(operationId = "activateFactor", summary = "Show a code; from now on sign-in asks for one")
    @APIResponseSchema(RecoveryCodesView.class)
    public Response activate(@NotNull @Valid Code body, @Context SecurityContext security) {
        Door.session(security);
        return secret(new RecoveryCodesView(enrolment.activate(Door.caller(security), body.code())));
    }

    @POST
    @Path("/recovery-codes")
    @Operation(
            operationId = "renewRecoveryCodes",
            summary = "New recovery codes; the earlier ones are good for nothing")
    @APIResponseSchema(RecoveryCodesView.class)
    public Response renew(@NotNull @Valid Code body, @Context SecurityContext security) {
        Door.session(security);
        return secret(new RecoveryCodesView(enrolment.renewRecoveryCodes(Door.caller(security), body.code())));
    }

    @POST
    @Path("/removal")
    @Operation(operationId = "removeFactor", summary = "Sign-in asks for no code any more")
    @APIResponse(responseCode = "204", description = "The second factor is gone")
    public void remove(@NotNull @Valid PasswordAndCode body, @Context SecurityContext security) {
        Door.session(security);
        enrolment.remove(Door.caller(security), body.password(), body.code());
    }

    private static Response secret(Object entity) {
        return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
