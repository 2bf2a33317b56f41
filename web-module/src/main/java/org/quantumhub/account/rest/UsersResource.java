package org.quantumhub.account.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.RequestQuota;
import org.quantumhub.account.Roles;
import org.quantumhub.account.service.UserChange;
import org.quantumhub.account.service.Users;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// Accounts, looked after by their owners and by administrators.
@Path("/users")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Accounts")
public class UsersResource {

    @Inject
    Users users;

    @Inject
    Clock clock;

    @Schema(name = "UserChange", description = "What is to change; what is missing stays as it is")
    public record Change(
            @Schema(description = "empty takes the name away") @Nullable @Size(max = 100)
            String fullName,

            @Schema(description = "becomes the account's once the link sent to it was opened")
            @Nullable
            @Email
            @Size(min = 3, max = 255)
            String email,

            @Schema(description = "the owner's, for a new e-mail address") @Nullable @Size(max = 1000)
            String password,

            @Schema(description = "all roles; anybody may take CONSUMER and DEVELOPER, the others are given")
            @Nullable
            @Size(min = 1, max = 7)
            List<String> roles,

            @Schema(description = "administrators only") @Nullable
            Boolean active,

            @Schema(description = "requests a month; administrators only") @Nullable @PositiveOrZero
            Integer apiQuotaMonthly) {

        UserChange wanted() {
            return new UserChange(fullName, email, roles == null ? null : roles(roles), active, apiQuotaMonthly);
        }

        private static Set<PlatformRole> roles(List<String> words) {
            EnumSet<PlatformRole> roles = EnumSet.noneOf(PlatformRole.class);
            words.forEach(word -> roles.add(role(word, "field", "roles")));
            return roles;
        }

        @Override
        public String toString() {
            return "Change[]"; // never the password
        }
    }

    private static PlatformRole role(@Nullable String word, String member, String place) {
        try {
            return PlatformRole.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new HubException(
                            member.equals("field") ? ProblemCode.INVALID_FIELD : ProblemCode.INVALID_PARAMETER,
                            "There is no role '" + word + "'; there are " + List.of(PlatformRole.values()) + ".")
                    .with(member, place);
        }
    }

    @GET
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "listUsers", summary = "Accounts, newest first; for administrators")
    public PageView<UserView> list(
            @QueryParam("q") @Nullable @Size(max = 100) String text,
            @QueryParam("role") @Nullable String role,
            @QueryParam("active") @Nullable @Pattern(regexp = "true|false", message = "must be true or false")
                    String active,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        Users.Query query = new Users.Query(
                text,
                role == null ? null : role(role, "parameter", "role"),
                active == null ? null : Boolean.valueOf(active));
        return PageView.of(
                users.list(Door.caller(security), query, PageView.cursor(after), PageView.size(limit)), UserView::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getUser", summary = "The caller's own account; for administrators, anybody's")
    public UserView get(@PathParam("id") UUID id, @Context SecurityContext security) {
        return UserView.of(users.get(Door.caller(security), id));
    }

    @Schema(name = "RequestQuota")
    public record QuotaView(
            int monthly,

            @Schema(description = "in this calendar month, UTC")
            int used,

            int remaining,
            Instant resetsAt) {}

    @GET
    @Path("/{id}/quota")
    @Operation(operationId = "getRequestQuota", summary = "How many requests were made this month, and how many may be")
    public QuotaView quota(@PathParam("id") UUID id, @Context SecurityContext security) {
        RequestQuota.State state = users.quota(Door.caller(security), id);
        return new QuotaView(
                state.monthly(),
                state.used(),
                Math.max(0, state.monthly() - state.used()),
                clock.instant().plusSeconds(state.secondsToReset() + 60).truncatedTo(ChronoUnit.HOURS));
    }

    @PUT
    @Path("/{id}")
    @Operation(
            operationId = "updateUser",
            summary = "Change an account; roles, quota and closing take an administrator")
    public UserView update(@PathParam("id") UUID id, @NotNull @Valid Change body, @Context SecurityContext security) {
        return UserView.of(users.update(Door.caller(security), id, body.wanted(), body.password()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "deleteUser",
            summary = "Close an account for good and forget whose it was; what it paid stays on record")
    @APIResponse(responseCode = "204", description = "Nobody signs in with it any more")
    public void delete(@PathParam("id") UUID id, @Context SecurityContext security) {
        Door.session(security);
        users.delete(Door.caller(security), id);
    }
}
