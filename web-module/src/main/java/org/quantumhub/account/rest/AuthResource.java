package org.quantumhub.account.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.account.SessionEnd;
import org.quantumhub.account.service.Accounts;
import org.quantumhub.account.service.NewAccount;
import org.quantumhub.account.service.Sessions;
import org.quantumhub.account.service.Sessions.SignedIn;
import org.quantumhub.account.service.SignIn;
import org.quantumhub.account.service.SigningKeys;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;

/// Registration, sign-in, new tokens, and signing out.
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

    @Inject
    Sessions sessions;

    @Inject
    SigningKeys signingKeys;

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

            @NotNull @Size(max = 1000) String password,

            @Schema(description = "of the second factor, where the account has one; or a recovery code")
            @Nullable
            @Size(max = 20)
            String code) {}

    public record Refresh(@NotNull @Size(max = 500) String refreshToken) {}

    @Schema(name = "KeySet", description = "JSON Web Key Set (RFC 7517)")
    public record KeySetView(List<Map<String, Object>> keys) {}

    public record SigningKeyView(String kid) {}

    @POST
    @Path("/register")
    @PermitAll
    @SecurityRequirements
    @Operation(
            operationId = "register",
            summary = "Make an account, with a personal team and its wallet; a link to verify the address is sent")
    @APIResponse(
            responseCode = "201",
            description = "The account exists",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public Response register(@NotNull @Valid Registration body, @Context HttpServletRequest request) {
        NewAccount account =
                new NewAccount(body.username(), body.email(), body.password(), body.fullName(), body.invitationCode());
        UserView user = UserView.of(accounts.register(account, Visitors.of(request)));
        return Response.status(Response.Status.CREATED).entity(user).build();
    }

    @POST
    @Path("/login")
    @PermitAll
    @SecurityRequirements
    @Operation(operationId = "login", summary = "Sign in with a password; the access token is good for 15 minutes")
    @APIResponseSchema(TokenView.class)
    public Response login(@NotNull @Valid Credentials body, @Context HttpServletRequest request) {
        return secret(
                signIn.signIn(new SignIn.Given(body.login(), body.password(), body.code()), Visitors.of(request)));
    }

    @POST
    @Path("/refresh")
    @PermitAll
    @SecurityRequirements
    @Operation(
            operationId = "refreshToken",
            summary = "The next pair of tokens; the refresh token is used up, and a second use ends the session")
    @APIResponseSchema(TokenView.class)
    public Response refresh(@NotNull @Valid Refresh body, @Context HttpServletRequest request) {
        return secret(sessions.refresh(body.refreshToken(), Visitors.of(request)));
    }

    private static Response secret(SignedIn signedIn) {
        return Response.ok(TokenView.of(signedIn))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @POST
    @Path("/logout")
    @RolesAllowed(Door.ANYBODY)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "logout", summary = "Sign out: this session, or all of them")
    @APIResponse(responseCode = "204", description = "Its tokens open nothing, on every server within five seconds")
    public void logout(@QueryParam("all") @DefaultValue("false") boolean all, @Context SecurityContext security) {
        if (all) {
            Door.session(security);
            sessions.endAll(Door.caller(security), SessionEnd.LOGOUT);
        } else {
            sessions.end(Door.caller(security), Door.session(security), SessionEnd.LOGOUT);
        }
    }

    @GET
    @Path("/me")
    @RolesAllowed(Door.ANYBODY)
    @Operation(operationId = "me", summary = "The account that asks")
    @APIResponseSchema(UserView.class)
    public UserView me(@Context SecurityContext security) {
        return UserView.of(accounts.me(Door.caller(security)));
    }

    @GET
    @Path("/jwks")
    @PermitAll
    @SecurityRequirements
    @Operation(operationId = "signingKeys", summary = "The keys that verify access tokens (JSON Web Key Set)")
    @APIResponseSchema(KeySetView.class)
    public Response jwks() {
        return Response.ok(new KeySetView(signingKeys.published()))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
                .build();
    }

    @POST
    @Path("/signing-keys")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "rotateSigningKey",
            summary = "Add a key for access tokens; it signs in a minute, and tokens of the earlier one stay good")
    @APIResponse(
            responseCode = "201",
            description = "The key is published",
            content = @Content(schema = @Schema(implementation = SigningKeyView.class)))
    public Response rotate(@Context SecurityContext security) {
        Door.session(security);
        return Response.status(Response.Status.CREATED)
                .entity(new SigningKeyView(signingKeys.rotate()))
                .build();
    }
}
