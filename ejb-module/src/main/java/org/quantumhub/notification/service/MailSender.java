package org.quantumhub.notification.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.mail.MessagingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.quantumhub.notification.MailOutbox.Claimed;
import org.quantumhub.shared.service.Beats;
import org.quantumhub.shared.service.Seal;

/// Empties the outbox, on every server, outside of any transaction. A server that is away is tried again and again, for
/// about half a day unless told otherwise; then the mail is given up, with the reason noted.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailSender {

    private static final Logger LOG = System.getLogger(MailSender.class.getName());
    private static final int AT_A_TIME = 10;

    @Inject
    OutboxTurns turns;

    @Inject
    MailCarrier carrier;

    @Inject
    MailConfig config;

    @Inject
    Seal seal;

    @Resource
    TimerService timers;

    @Inject
    Beats beats;

    private final AtomicBoolean sending = new AtomicBoolean();

    @PostConstruct
    void start() {
        beats.start(timers, Duration.ofSeconds(2), Duration.ofMillis(500), "mail");
        LOG.log(
                Level.INFO,
                config.host()
                        .map(host -> "mails go to " + host + ":" + config.port())
                        .orElseGet(() -> "no SMTP server is configured: mails are written to "
                                + config.folder().toAbsolutePath().normalize()));
    }

    @Timeout
    void send() {
        if (!sending.compareAndSet(false, true)) {
            return;
        }
        try {
            List<Claimed> mails = turns.claim(AT_A_TIME);
            while (!mails.isEmpty()) {
                mails.forEach(this::send);
                mails = turns.claim(AT_A_TIME);
            }
        } catch (RuntimeException e) {
            // the next tick tries again
            LOG.log(Level.WARNING, "the outbox was not emptied: {0}", e.toString());
        } finally {
            sending.set(false);
        }
    }

    @Schedule(hour = "*", minute = "17", persistent = false)
    void forget() {
        turns.forget(config.keepDays());
    }

    private void send(Claimed mail) {
        try {
            carrier.carry(mail.id(), mail.recipient(), MailTemplate.valueOf(mail.template()), values(mail));
            turns.sent(mail.id());
        } catch (MessagingException | IOException | RuntimeException e) {
            boolean last = mail.attempt() >= config.attempts();
            LOG.log(
                    Level.WARNING,
                    "mail {0} mail={1} attempt={2}: {3}",
                    last ? "given up" : "delayed",
                    mail.id(),
                    mail.attempt(),
                    reason(e));
            turns.failed(mail.id(), reason(e), last);
        }
    }

    private Map<String, String> values(Claimed mail) {
        byte[] json = seal.open(Mails.PURPOSE, mail.id().toString(), mail.content())
                .orElseThrow(() -> new IllegalStateException("sealed with another HUB_SEAL_KEY"));
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
            JsonObject object = reader.readObject();
            return object.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> ((JsonString) e.getValue()).getString()));
        }
    }

    private static String reason(Exception failure) {
        return failure.toString().lines().findFirst().orElse("unknown");
    }
}
