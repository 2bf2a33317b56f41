package org.quantumhub.billing.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.quantumhub.billing.Wallet;
import org.quantumhub.billing.service.Wallets;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;

/// The wallet of the team that a request acts for.
@Path("/wallet")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Billing")
public class WalletResource {

    @Inject
    Wallets wallets;

    @Schema(name = "Wallet", description = "Amounts are decimal strings with eight places.")
    public record WalletView(
            @Schema(description = "what can be spent") String available,

            @Schema(description = "set aside for jobs on their way")
            String held,

            @Schema(description = "charged so far") String spent,
            String currency) {

        static WalletView of(Wallet wallet) {
            return new WalletView(
                    wallet.available().amount().toPlainString(),
                    wallet.held().amount().toPlainString(),
                    wallet.spent().amount().toPlainString(),
                    wallet.available().currency().getCurrencyCode());
        }
    }

    @GET
    @Operation(operationId = "getWallet", summary = "What the team has to spend, has set aside and has spent")
    public WalletView get(@Context SecurityContext security) {
        return WalletView.of(wallets.of(Door.caller(security)));
    }
}
