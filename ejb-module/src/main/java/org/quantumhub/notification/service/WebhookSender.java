package org.quantumhub.notification.service;

import com.standardwebhooks.Webhook;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.quantumhub.notification.WebhookAttempt;
import org.quantumhub.notification.WebhookEndpoint;
import org.quantumhub.notification.WebhookRegister;
import org.quantumhub.team.Secret;
import org.quantumhub.team.service.SecretVault;

/// Sends webhooks: signed (Standard Webhooks), at least once, with ever longer pauses between attempts for about a day.
/// A
/// slow receiver keeps one of a few threads of its own, and nobody else's.
@ApplicationScoped
public class WebhookSender {

    private static final Logger LOG = System.getLogger(WebhookSender.class.getName());
    private static final int THREADS = 4;
    private static final int GONE = 410;

    /// Pauses after the first, second, … attempt; the one after the last pause is the last.
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(8),
            Duration.ofHours(12));

    @Resource
    ManagedThreadFactory factory;

    @Inject
    WebhookTurns turns;

    @Inject
    WebhookPost post;

    @Inject
    SecretVault vault;

    @Inject
    Clock clock;

    private final Semaphore free = new Semaphore(THREADS);
    private ExecutorService threads;

    @SuppressWarnings("NullAway") // filled by start
    public WebhookSender() {}

    @PostConstruct
    void start() {
        threads = Executors.newFixedThreadPool(THREADS, factory);
    }

    /// Begins as many attempts as there are threads free.
    void send() {
        int places = free.drainPermits();
        if (places == 0) {
            return;
        }
        List<WebhookRegister.Due> due = List.of();
        try {
            due = turns.due(places);
            for (WebhookRegister.Due one : due) {
                threads.execute(() -> attempt(one));
            }
        } finally {
            free.release(places - due.size());
        }
    }

    private void attempt(WebhookRegister.Due due) {
        try {
            Map<String, String> headers = headers(due);
            WebhookAttempt attempt = post.send(
                    URI.create(due.endpoint().url()), headers, due.delivery().payload(), clock);
            Integer status = attempt.status();
            boolean delivered = status != null && status / 100 == 2;
            boolean gone = status != null && status == GONE;
            int number = due.delivery().attempts();
            Duration again = delivered || gone || number >= PAUSES.size() ? null : PAUSES.get(number);
            turns.note(due, attempt, delivered, again, gone);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "webhook not sent delivery=" + due.delivery().id(), e);
        } finally {
            free.release();
        }
    }

    private Map<String, String> headers(WebhookRegister.Due due) {
        String id = due.delivery().id().toString();
        long seconds = clock.instant().getEpochSecond();
        return Map.of(
                "webhook-id", id,
                "webhook-timestamp", Long.toString(seconds),
                "webhook-signature", signatures(due, id, seconds));
    }

    /// By the current secret, and by the one before it as long as that is good.
    private String signatures(WebhookRegister.Due due, String id, long seconds) {
        WebhookEndpoint endpoint = due.endpoint();
        List<Integer> slots = new ArrayList<>(List.of(endpoint.slot()));
        if (endpoint.earlierUntil() != null && clock.instant().isBefore(endpoint.earlierUntil())) {
            slots.add(1 - endpoint.slot());
        }
        List<String> signatures = new ArrayList<>();
        for (int slot : slots) {
            vault.own(endpoint.teamId(), WebhookEndpoint.secretName(endpoint.id(), slot))
                    .ifPresent(secret -> signatures.add(
                            sign(secret, id, seconds, due.delivery().payload())));
        }
        return String.join(" ", signatures);
    }

    private static String sign(Secret secret, String id, long seconds, String payload) {
        try {
            return new Webhook(secret.reveal()).sign(id, seconds, payload);
        } catch (Exception e) {
            throw new IllegalStateException("A webhook cannot be signed.", e);
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
