package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.notification.InboxRegister;
import org.quantumhub.notification.InboxRegister.Wish;
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
    public static final Set<String> TOPICS = Collections.unmodifiableSet(new TreeSet<>(
            Set.of("bill.standing", "budget.threshold", "job.failed", "secret.invalid", "team.standing")));

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

    /// All topics, each with what the caller wants to be told of it.
    @Transactional
    public Map<String, Preference> preferences(Caller caller) {
        Map<String, Wish> wishes = database.asRequest(c -> inbox.wishes(c, caller.userId()));
        Map<String, Preference> all = new TreeMap<>();
        TOPICS.forEach(topic -> all.put(topic, Preference.of(topic, wishes.get(topic))));
        return all;
    }

    /// @param byMail whether by mail as well, as long as it is not muted
    public record Preference(boolean muted, boolean byMail) {

        static Preference of(String topic, @Nullable Wish wish) {
            boolean usual = Notices.BY_MAIL.contains(topic);
            return wish == null
                    ? new Preference(false, usual)
                    : new Preference(wish.muted(), wish.byMail() == null ? usual : wish.byMail());
        }
    }

    /// @param muted whether to hear no more of a topic; null leaves it as it is
    /// @param byMail whether to be told by mail as well; null leaves it as it is
    /// @throws HubException `INVALID_FIELD` for mails on a topic of which there are none
    @Transactional
    public Map<String, Preference> prefer(
            Caller caller, String topic, @Nullable Boolean muted, @Nullable Boolean byMail) {
        if (!TOPICS.contains(topic)) {
            throw new HubException(ProblemCode.NOT_FOUND, "There is no such topic; known are " + TOPICS + ".");
        }
        if (Boolean.TRUE.equals(byMail) && !Notices.BY_MAIL.contains(topic)) {
            throw new HubException(
                            ProblemCode.INVALID_FIELD,
                            "There are no mails on this topic; there are on " + new TreeSet<>(Notices.BY_MAIL) + ".")
                    .with("field", "byMail");
        }
        database.asRequest(c -> {
            inbox.wish(c, caller.userId(), topic, muted, byMail);
            return topic;
        });
        return preferences(caller);
    }
}
