package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.notification.WebhookAttempt;
import org.quantumhub.notification.WebhookDelivery;
import org.quantumhub.notification.WebhookEndpoint;
import org.quantumhub.notification.WebhookRegister;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;
import org.quantumhub.team.Secret;
import org.quantumhub.team.TeamRepository;
import org.quantumhub.team.service.TeamSecrets;

/// The webhooks of the team that the caller acts for, looked after by its owners and admins.
@ApplicationScoped
public class Webhooks {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final Duration OVERLAP = Duration.ofHours(24);

    @Inject
    WebhookRegister webhooks;

    @Inject
    TeamSecrets secrets;

    @Inject
    TeamRepository teams;

    @Inject
    Egress egress;

    @Inject
    FeedConfig config;

    @Inject
    Database database;

    @Inject
    Clock clock;

    /// An endpoint with its signing secret, which is shown this once.
    public record Issued(WebhookEndpoint endpoint, Secret secret) {}

    /// A delivery with what was tried.
    public record Log(WebhookDelivery delivery, List<WebhookAttempt> attempts) {

        public Log {
            attempts = List.copyOf(attempts);
        }
    }

    /// @throws HubException `INVALID_FIELD` for an address that may not be reached, `LIMIT_REACHED`
    @Transactional
    public Issued create(Caller caller, String url, @Nullable String description, List<String> eventTypes) {
        caller.mayWrite().mayAdminister();
        String checked = egress.check(url).toString();
        teams.lock(caller.teamId());
        if (database.asRequest(c -> webhooks.count(c, caller.teamId())) >= config.endpoints()) {
            throw new HubException(ProblemCode.LIMIT_REACHED, "A team has at most " + config.endpoints() + " webhooks.")
                    .with("limit", config.endpoints());
        }
        UUID id = Ids.next();
        Secret secret = newSecret();
        WebhookEndpoint endpoint = new WebhookEndpoint(
                id,
                caller.teamId(),
                checked,
                description,
                eventTypes,
                true,
                null,
                0,
                null,
                clock.instant(),
                clock.instant());
        database.asRequest(c -> {
            webhooks.add(c, endpoint, caller.userId());
            return id;
        });
        secrets.keep(caller, WebhookEndpoint.secretName(id, 0), secret);
        return new Issued(found(caller, id), secret);
    }

    private static Secret newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret("whsec_" + Base64.getEncoder().encodeToString(bytes));
    }

    @Transactional
    public Page<WebhookEndpoint> list(Caller caller, @Nullable UUID after, int size) {
        caller.mayAdminister();
        return Page.cut(
                database.asRequest(c -> webhooks.endpoints(c, caller.teamId(), after, size)),
                size,
                WebhookEndpoint::id);
    }

    @Transactional
    public WebhookEndpoint get(Caller caller, UUID id) {
        caller.mayAdminister();
        return found(caller, id);
    }

    private WebhookEndpoint found(Caller caller, UUID id) {
        return database.asRequest(c -> webhooks.endpoint(c, caller.teamId(), id))
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such webhook."));
    }

    /// Changes what is not null.
    @Transactional
    public WebhookEndpoint change(
            Caller caller,
            UUID id,
            @Nullable String url,
            @Nullable String description,
            @Nullable List<String> eventTypes,
            @Nullable Boolean active) {
        caller.mayWrite().mayAdminister();
        WebhookEndpoint old = found(caller, id);
        boolean on = active == null ? old.active() : active;
        write(new WebhookEndpoint(
                id,
                caller.teamId(),
                url == null ? old.url() : egress.check(url).toString(),
                description == null ? old.description() : description,
                eventTypes == null ? old.eventTypes() : eventTypes,
                on,
                on ? null : old.disabledReason(),
                old.slot(),
                old.earlierUntil(),
                old.createdAt(),
                old.updatedAt()));
        return found(caller, id);
    }

    private void write(WebhookEndpoint endpoint) {
        database.asRequest(c -> {
            webhooks.change(c, endpoint);
            return endpoint;
        });
    }

    /// A new signing secret; the one before signs too for a day, so that the receiver can change over.
    @Transactional
    public Issued rotateSecret(Caller caller, UUID id) {
        caller.mayWrite().mayAdminister();
        teams.lock(caller.teamId());
        WebhookEndpoint old = found(caller, id);
        Secret secret = newSecret();
        int slot = 1 - old.slot();
        secrets.keep(caller, WebhookEndpoint.secretName(id, slot), secret);
        write(new WebhookEndpoint(
                id,
                caller.teamId(),
                old.url(),
                old.description(),
                old.eventTypes(),
                old.active(),
                old.disabledReason(),
                slot,
                clock.instant().plus(OVERLAP),
                old.createdAt(),
                old.updatedAt()));
        return new Issued(found(caller, id), secret);
    }

    @Transactional
    public void remove(Caller caller, UUID id) {
        caller.mayWrite().mayAdminister();
        found(caller, id);
        secrets.drop(caller, WebhookEndpoint.secretName(id, 0));
        secrets.drop(caller, WebhookEndpoint.secretName(id, 1));
        database.asRequest(c -> {
            webhooks.remove(c, caller.teamId(), id);
            return id;
        });
    }

    /// Sends an event that says nothing, to see whether it arrives.
    @Transactional
    public WebhookDelivery test(Caller caller, UUID id) {
        caller.mayWrite().mayAdminister();
        WebhookEndpoint endpoint = found(caller, id);
        UUID delivery = Ids.next();
        String payload = Json.createObjectBuilder()
                .add("type", "webhook.test")
                .add("timestamp", clock.instant().toString())
                .add(
                        "data",
                        Json.createObjectBuilder().add("teamId", caller.teamId().toString()))
                .build()
                .toString();
        database.asRequest(c -> {
            webhooks.queue(c, delivery, endpoint, "webhook.test", "test-" + delivery, payload);
            return delivery;
        });
        return delivery(caller, id, delivery).delivery();
    }

    @Transactional
    public Page<WebhookDelivery> deliveries(Caller caller, UUID id, @Nullable UUID before, int size) {
        caller.mayAdminister();
        found(caller, id);
        return Page.cut(
                database.asRequest(c -> webhooks.deliveries(c, caller.teamId(), id, before, size)),
                size,
                WebhookDelivery::id);
    }

    @Transactional
    public Log delivery(Caller caller, UUID id, UUID deliveryId) {
        caller.mayAdminister();
        return database.asRequest(c -> {
            WebhookDelivery delivery = webhooks.delivery(c, caller.teamId(), id, deliveryId)
                    .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such delivery."));
            return new Log(delivery, webhooks.attempts(c, caller.teamId(), deliveryId));
        });
    }

    /// Sends an event once more, under the same id, with all attempts before it.
    @Transactional
    public WebhookDelivery replay(Caller caller, UUID id, UUID deliveryId) {
        caller.mayWrite().mayAdminister();
        delivery(caller, id, deliveryId);
        database.asRequest(c -> {
            webhooks.replay(c, caller.teamId(), deliveryId);
            return deliveryId;
        });
        return delivery(caller, id, deliveryId).delivery();
    }
}
