package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.quantumhub.notification.FeedCursor;
import org.quantumhub.notification.FeedReader;
import org.quantumhub.notification.FeedReader.EndedJob;
import org.quantumhub.notification.FeedReader.Told;
import org.quantumhub.shared.service.Database;

/// The transactions of [FeedReading], as the background role.
@ApplicationScoped
public class FeedReadingTurns {

    @Inject
    FeedReader reader;

    @Inject
    JobMails mails;

    @Inject
    Notices notices;

    @Inject
    Database database;

    /// @return whether there may be more
    @Transactional(TxType.REQUIRES_NEW)
    boolean read(FeedCursor upto) {
        return database.asBackground(c -> {
            FeedReader.Stretch feed = reader.readFeed(c, upto.feed());
            for (Told told : reader.told(c, feed, Notices.TYPES)) {
                notices.tell(c, told);
            }
            FeedReader.Stretch jobs = reader.readJobs(c, upto.jobs());
            for (EndedJob job : reader.announced(c, jobs)) {
                mails.tell(c, job);
            }
            return feed.more() || jobs.more();
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    void clean() {
        database.asBackground(c -> {
            reader.clean(c);
            return reader;
        });
    }
}
