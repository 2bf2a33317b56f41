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
import org.quantumhub.billing.BudgetBook.Wanted;
import org.quantumhub.billing.service.Budgets;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// Budgets of the team that a request acts for.
@Path("/budgets")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Billing")
public class BudgetsResource {

    @Inject
    Budgets budgets;

    @POST
    @Operation(
            operationId = "createBudget",
            summary = "Set a budget",
            description =
                    "For the team, a member, a backend or a project. It counts what is set aside from now on; what an"
                            + " action blocks is never exceeded, not even by requests that come at once.")
    @APIResponse(
            responseCode = "201",
            description = "Set",
            content = @Content(schema = @Schema(implementation = BudgetView.class)))
    public Response create(@NotNull @Valid NewBudget body, @Context SecurityContext security, @Context UriInfo uri) {
        Caller caller = Door.caller(security);
        Wanted wanted = body.toWanted(caller.teamId());
        budgets.add(caller, wanted);
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(wanted.id().toString())
                        .build())
                .entity(BudgetView.of(budgets.get(caller, wanted.id())))
                .build();
    }

    @GET
    @Operation(operationId = "listBudgets", summary = "The team's budgets, newest first")
    public PageView<BudgetView> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("teamId") @Nullable UUID teamId,
            @Context SecurityContext security) {
        return PageView.of(
                budgets.list(Amounts.reader(security, teamId), PageView.cursor(after), PageView.size(limit)),
                BudgetView::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getBudget", summary = "A budget")
    public BudgetView get(@PathParam("id") UUID id, @Context SecurityContext security) {
        return BudgetView.of(budgets.get(Door.caller(security), id));
    }

    @PATCH
    @Path("/{id}")
    @Operation(operationId = "changeBudget", summary = "Change a budget, or switch it off; what is missing stays")
    public BudgetView change(
            @PathParam("id") UUID id, @NotNull @Valid BudgetChange body, @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        budgets.change(caller, id, body.toChange());
        return BudgetView.of(budgets.get(caller, id));
    }
}
