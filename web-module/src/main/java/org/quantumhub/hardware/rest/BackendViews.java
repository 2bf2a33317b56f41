package org.quantumhub.hardware.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;

/// The catalogue as a caller sees it: what is switched off is for operators only.
@ApplicationScoped
class BackendViews {

    @Inject
    Catalogue catalogue;

    @Inject
    Charging charging;

    @Inject
    Clock clock;

    BackendView view(Backend backend) {
        return BackendView.of(
                backend,
                price(backend),
                catalogue.maintenances(backend),
                catalogue.takesJobs(backend),
                catalogue.rest(backend).isPresent(),
                clock.instant());
    }

    /// Devices that were learned have none until somebody sets it.
    private @Nullable PriceVersion price(Backend backend) {
        try {
            return charging.priceOf(backend.slug());
        } catch (HubException none) {
            return null;
        }
    }

    List<BackendView> shown(Caller caller) {
        return catalogue.all().stream()
                .filter(backend -> isShown(caller, backend))
                .map(this::view)
                .toList();
    }

    private static boolean isShown(Caller caller, Backend backend) {
        return backend.isShown() || caller.has(Roles.OPERATOR) || caller.has(Roles.ADMIN);
    }

    /// By slug, or by id.
    ///
    /// @throws HubException `NOT_FOUND`
    BackendView get(Caller caller, String slugOrId) {
        return catalogue.all().stream()
                .filter(backend -> backend.slug().equals(slugOrId)
                        || backend.id().toString().equalsIgnoreCase(slugOrId))
                .filter(backend -> isShown(caller, backend))
                .findFirst()
                .map(this::view)
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no backend '" + slugOrId + "'."));
    }

    /// A page in the catalogue's order, after the backend with an id.
    ///
    /// @throws HubException `INVALID_PARAMETER` when there is no such backend
    static Page<BackendView> page(List<BackendView> all, @Nullable UUID after, int size) {
        int start = 0;
        if (after != null) {
            start = all.stream().map(BackendView::id).toList().indexOf(after) + 1;
            if (start == 0) {
                throw new HubException(ProblemCode.INVALID_PARAMETER, "'after' is not the cursor of a page.")
                        .with("parameter", "after");
            }
        }
        return Page.cut(all.subList(start, Math.min(all.size(), start + size + 1)), size, BackendView::id);
    }
}
