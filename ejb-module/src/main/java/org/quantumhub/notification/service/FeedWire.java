package org.quantumhub.notification.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Listens to what any server announces, on a connection of its own that is not from the pool: a connection that
/// listens
/// belongs to one listener. Without it everything still arrives, up to half a second later.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FeedWire {

    private static final Logger LOG = System.getLogger(FeedWire.class.getName());
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @Resource
    ManagedThreadFactory threads;

    @Inject
    Streams streams;

    @Inject
    FeedReading reading;

    @Inject
    FeedConfig config;

    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread thread;

    @PostConstruct
    void start() {
        Thread listening = threads.newThread(this::listen);
        listening.setName("feed wire");
        thread = listening;
        listening.start();
    }

    private void listen() {
        while (!hasEnded()) {
            try (Connection connection = config.open();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(true);
                statement.execute("listen hub_feed");
                PGConnection wire = connection.unwrap(PGConnection.class);
                while (!hasEnded()) {
                    PGNotification[] heard = wire.getNotifications(PATIENCE_MILLIS);
                    if (heard != null && heard.length > 0) {
                        streams.deliver();
                        streams.deliver(); // the first look is the horizon, the second finds it reached
                        reading.read();
                    }
                }
            } catch (SQLException | RuntimeException lost) {
                LOG.log(Level.DEBUG, "feed wire lost", lost);
                pause();
            }
        }
    }

    private boolean hasEnded() {
        return ended.getCount() == 0;
    }

    private void pause() {
        try {
            boolean over = ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            LOG.log(Level.DEBUG, over ? "feed wire ended" : "feed wire connects again");
        } catch (InterruptedException interrupted) {
            ended.countDown();
        }
    }

    @PreDestroy
    void stop() {
        ended.countDown();
        Thread listening = thread;
        if (listening != null) {
            listening.interrupt();
        }
    }
}
