package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.notification.InboxRegister;
import org.quantumhub.notification.Notification;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// What the caller is told inside the hub, whatever team the caller acts for.
@ApplicationScoped
public class Inbox {

    /// What people can be told of, and may mute.
    public static final Set<String> TOPICS = Set.of("budget.threshold", "job.failed", "team.standing");

    @Inject
    InboxRegister inbox;

    @Inject
    Database database;

    @Transactional
    public Page<Notification> list(Caller caller, boolean unreadOnly, @Nullable UUID before, int size) {
        return Page.cut(
                database.asRequest(c -> inbox.of(c, caller.userId(), unreadOnly, before, size)),
                size,
                Notification::id);
    }

    @Transactional
    public long unread(Caller caller) {
        return database.asRequest(c -> inbox.unread(c, caller.userId()));
    }

    @Transactional
    public Notification read(Caller caller, UUID id) {
        return database.asRequest(c -> {
            inbox.read(c, caller.userId(), id);
            return inbox.find(c, caller.userId(), id)
                    .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such notification."));
        });
    }

    /// @return how many there were
    @Transactional
    public int readAll(Caller caller) {
        return database.asRequest(c -> inbox.read(c, caller.userId(), null));
    }

    /// All topics, each with whether the caller has muted it.
    @Transactional
    public Map<String, Boolean> preferences(Caller caller) {
        Map<String, Boolean> all = new TreeMap<>();
        TOPICS.forEach(topic -> all.put(topic, false));
        all.putAll(database.asRequest(c -> inbox.muted(c, caller.userId())));
        return all;
    }

    @Transactional
    public Map<String, Boolean> mute(Caller caller, String topic, boolean muted) {
        if (!TOPICS.contains(topic)) {
            throw new HubException(
                    ProblemCode.NOT_FOUND, "There is no such topic; known are " + Set.copyOf(TOPICS) + ".");
        }
        database.asRequest(c -> {
            inbox.mute(c, caller.userId(), topic, muted);
            return topic;
        });
        return preferences(caller);
    }
}
