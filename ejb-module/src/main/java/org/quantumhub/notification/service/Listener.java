package org.quantumhub.notification.service;

import org.quantumhub.notification.FeedEntry;

/// Somebody who listens on an open stream.
public interface Listener {

    /// Hands an entry over.
    ///
    /// @return false when nobody listens any more
    boolean hear(FeedEntry entry);

    /// Nothing happened; the line is kept open.
    ///
    /// @return false when nobody listens any more
    boolean silence();

    void end();

    /// Whether whoever listens would be let in again as it was: the session goes on, the key is good. The answer may be
    /// a few seconds old.
    boolean isAdmitted();
}
