package org.quantumhub.notification.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.service.AskedToEnd;
import org.quantumhub.shared.service.Beats;

/// Ticks every second on every server: streams, webhooks, and what the feed tells people.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FeedTimer {

    private static final Logger LOG = System.getLogger(FeedTimer.class.getName());

    @Inject
    Streams streams;

    @Inject
    FeedReading reading;

    @Inject
    WebhookSender sender;

    @Resource
    TimerService timers;

    @Inject
    Beats beats;

    private @Nullable AskedToEnd askedToEnd;

    @PostConstruct
    void start() {
        // a stream stays open for a quarter of an hour
        askedToEnd = new AskedToEnd("streams close", streams::closeAll);
        beats.start(timers, Duration.ofSeconds(1), Duration.ofMillis(200), "feed");
    }

    @PreDestroy
    void stop() {
        if (askedToEnd != null) {
            askedToEnd.close();
        }
    }

    @Timeout
    void tick() {
        try {
            streams.deliver();
            streams.deliver();
            reading.read();
            sender.send();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "feed not read; the next tick tries again", e);
        }
    }

    @Schedule(hour = "*", minute = "17", persistent = false)
    void clean() {
        reading.clean();
    }
}
