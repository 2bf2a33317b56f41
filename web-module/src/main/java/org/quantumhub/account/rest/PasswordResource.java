package org.quantumhub.account.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.service.EmailVerification;
import org.quantumhub.account.service.PasswordChange;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;

/// What links in mails lead to, and new passwords. A browser that opens a link gets a small page, a program JSON.
@Path("/auth")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Accounts")
public class PasswordResource {

    @Inject
    PasswordChange passwords;

    @Inject
    EmailVerification verification;

    @Schema(name = "ResetRequest")
    public record ResetRequest(
            @Schema(description = "e-mail address or user name") @NotBlank @Size(max = 255)
            String login) {}

    @Schema(name = "NewPassword")
    public record NewPassword(
            @NotNull @Size(min = 10, max = 1000) String password) {

        @Override
        public String toString() {
            return "NewPassword[]"; // never the password
        }
    }

    @Schema(name = "PasswordChange")
    public record OldAndNew(
            @NotNull @Size(max = 1000) String oldPassword,
            @NotNull @Size(min = 10, max = 1000) String newPassword) {

        @Override
        public String toString() {
            return "OldAndNew[]"; // never the passwords
        }
    }

    @POST
    @Path("/reset-password")
    @PermitAll
    @SecurityRequirements
    @Operation(
            operationId = "askPasswordReset",
            summary = "Send a link for a new password; the answer is the same whether or not there is such an account")
    @APIResponse(responseCode = "204", description = "If there is such an account, its owner gets a mail")
    public void ask(@NotNull @Valid ResetRequest body, @Context HttpServletRequest request) {
        passwords.askForReset(body.login(), Visitors.of(request));
    }

    @POST
    @Path("/reset-password/{token}")
    @PermitAll
    @SecurityRequirements
    @Operation(
            operationId = "resetPassword",
            summary = "Set a new password with the link of the mail; all sessions end")
    @APIResponse(responseCode = "204", description = "The new password is good")
    public void reset(
            @PathParam("token") @Size(max = 100) String token,
            @NotNull @Valid NewPassword body,
            @Context HttpServletRequest request) {
        passwords.reset(token, body.password(), Visitors.of(request));
    }

    @GET
    @Path("/reset-password/{token}")
    @PermitAll
    @SecurityRequirements
    @Produces({MediaType.TEXT_HTML, Problem.MEDIA_TYPE})
    @Operation(
            operationId = "resetPasswordPage",
            summary = "The page behind the link of the mail: a form for the new password")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(implementation = String.class)))
    public Response page(@PathParam("token") @Size(max = 100) String token) {
        return Pages.newPassword(null);
    }

    @POST
    @Path("/reset-password/{token}")
    @PermitAll
    @SecurityRequirements
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces({MediaType.TEXT_HTML, Problem.MEDIA_TYPE})
    @Operation(hidden = true)
    public Response resetByForm(
            @PathParam("token") @Size(max = 100) String token,
            @FormParam("password") @Nullable String password,
            @Context HttpServletRequest request) {
        if (password == null || password.length() < 10 || password.length() > 1000) {
            return Pages.newPassword("The password must have at least ten characters.");
        }
        passwords.reset(token, password, Visitors.of(request));
        return Pages.saying("Your password was changed. You can close this page and sign in.");
    }

    @POST
    @Path("/password")
    @RolesAllowed(Door.ANYBODY)
    @Operation(operationId = "changePassword", summary = "Change the password; all other sessions end")
    @APIResponse(responseCode = "204", description = "The new password is good")
    public void change(@NotNull @Valid OldAndNew body, @Context SecurityContext security) {
        passwords.change(Door.caller(security), Door.session(security), body.oldPassword(), body.newPassword());
    }

    @GET
    @Path("/verify/{token}")
    @PermitAll
    @SecurityRequirements
    @Operation(operationId = "verifyEmail", summary = "Confirm an e-mail address with the link of the mail")
    @APIResponseSchema(UserView.class)
    public UserView verify(@PathParam("token") @Size(max = 100) String token) {
        return UserView.of(verification.verify(token));
    }

    @GET
    @Path("/verify/{token}")
    @PermitAll
    @SecurityRequirements
    @Produces({MediaType.TEXT_HTML + ";qs=0.9", Problem.MEDIA_TYPE})
    @Operation(hidden = true)
    public Response verifyInBrowser(@PathParam("token") @Size(max = 100) String token) {
        verification.verify(token);
        return Pages.saying("Your e-mail address is confirmed. You can close this page.");
    }

    @POST
    @Path("/verify")
    @RolesAllowed(Door.ANYBODY)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "askVerification", summary = "Send the link to confirm the e-mail address again")
    @APIResponse(responseCode = "204", description = "A mail is on its way, unless the address is confirmed already")
    public void verifyAgain(@Context SecurityContext security) {
        verification.askAgain(Door.caller(security));
    }
}
