package org.quantumhub.account.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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
import org.quantumhub.account.service.Accounts;
import org.quantumhub.account.service.NewAccount;
import org.quantumhub.account.service.SignIn;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;

/// Registration and sign-in.
@Path("/auth")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Accounts")
public class AuthResource {

    @Inject
    Accounts accounts;

    @Inject
    SignIn signIn;

    public record Registration(
            @NotNull
            @Pattern(
                    regexp = "[A-Za-z0-9][A-Za-z0-9._-]{1,49}",
                    message =
                            "must be 2 to 50 letters, digits, dots, dashes or underscores and begin with a letter or digit")
            String username,

            @NotNull @Email @Size(min = 3, max = 255) String email,
            @NotNull @Size(min = 10, max = 1000) String password,
            @Nullable @Size(max = 100) String fullName,

            @Schema(
                    description =
                            "an invitation code, or the token of an invitation into a team; asked for where registration is by invitation only")
            @Nullable
            @Size(max = 100)
            String invitationCode) {}

    public record Credentials(
            @Schema(description = "e-mail address or user name") @NotBlank @Size(max = 255)
            String login,

            @NotNull @Size(max = 1000) String password) {}

    public record TokenView(
            String accessToken,
            @Schema(description = "always Bearer") String tokenType,

            @Schema(description = "seconds until the token ends")
            long expiresIn,

            UserView user) {}

    @POST
    @Path("/register")
    @PermitAll
    @SecurityRequirements
    @Operation(operationId = "register", summary = "Make an account, with a personal team and its wallet")
    @APIResponse(
            responseCode = "201",
            description = "The account exists",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public Response register(@NotNull @Valid Registration body) {
        UserView user = UserView.of(accounts.register(new NewAccount(
                body.username(), body.email(), body.password(), body.fullName(), body.invitationCode())));
        return Response.status(Response.Status.CREATED).entity(user).build();
    }

    @POST
    @Path("/login")
    @PermitAll
    @SecurityRequirements
    @Operation(operationId = "login", summary = "Sign in with a password; the token is good for 15 minutes")
    @APIResponseSchema(TokenView.class)
    public TokenView login(@NotNull @Valid Credentials body) {
        SignIn.SignedIn signedIn = signIn.signIn(body.login(), body.password());
        return new TokenView(
                signedIn.accessToken(), "Bearer", SignIn.TOKEN_LIFE.toSeconds(), UserView.of(signedIn.user()));
    }

    @GET
    @Path("/me")
    @RolesAllowed(Door.ANYBODY)
    @Operation(operationId = "me", summary = "The account that asks")
    @APIResponseSchema(UserView.class)
    public UserView me(@Context SecurityContext security) {
        return UserView.of(accounts.me(Door.caller(security)));
    }
}
