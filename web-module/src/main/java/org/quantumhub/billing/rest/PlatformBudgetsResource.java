package org.quantumhub.billing.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.billing.BudgetBook.Wanted;
import org.quantumhub.billing.service.Budgets;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// Budgets of the whole platform, or of one backend for everybody.
@Path("/platform-budgets")
@ApplicationScoped
@RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER})
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Billing")
public class PlatformBudgetsResource {

    @Inject
    Budgets budgets;

    @POST
    @Operation(operationId = "createPlatformBudget", summary = "Set a budget for everybody together")
    @APIResponse(
            responseCode = "201",
            description = "Set",
            content = @Content(schema = @Schema(implementation = BudgetView.class)))
    public Response create(@NotNull @Valid NewBudget body, @Context SecurityContext security, @Context UriInfo uri) {
        Wanted wanted = body.toWanted(null);
        budgets.addToPlatform(wanted);
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(wanted.id().toString())
                        .build())
                .entity(BudgetView.of(budgets.getOfPlatform(Door.caller(security), wanted.id())))
                .build();
    }

    @GET
    @Operation(operationId = "listPlatformBudgets", summary = "The platform's budgets, newest first")
    public PageView<BudgetView> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        return PageView.of(
                budgets.listOfPlatform(Door.caller(security), PageView.cursor(after), PageView.size(limit)),
                BudgetView::of);
    }

    @PATCH
    @Path("/{id}")
    @Operation(operationId = "changePlatformBudget", summary = "Change a budget of the platform, or switch it off")
    public BudgetView change(
            @PathParam("id") UUID id, @NotNull @Valid BudgetChange body, @Context SecurityContext security) {
        budgets.changeOfPlatform(id, body.toChange());
        return BudgetView.of(budgets.getOfPlatform(Door.caller(security), id));
    }
}
