package org.quantumhub.notification;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far somebody has heard: up to which entry of the feed, and up to which event of jobs.
public record FeedCursor(long feed, long jobs) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    /// Reads what [#toString] wrote; empty when it is nothing of the kind.
    public static Optional<FeedCursor> read(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new FeedCursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /// No further than another one.
    public FeedCursor atMost(FeedCursor other) {
        return new FeedCursor(Math.min(feed, other.feed), Math.min(jobs, other.jobs));
    }

    @Override
    public String toString() {
        return feed + "-" + jobs;
    }
}
