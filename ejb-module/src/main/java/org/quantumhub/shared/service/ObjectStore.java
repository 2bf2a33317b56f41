package org.quantumhub.shared.service;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Keeps what is too large for a row: in the database, in a folder, or in a bucket. Objects are written once, whole or
/// not at all, and never changed. Their owner keeps length and digest beside the path, so that what comes back can be
/// held against what went in.
public interface ObjectStore {

    /// Writes an object; writing the same object again is the same as once.
    ///
    /// @param path of the form `kind/team/…`, parts of letters, digits, `-` and `_`
    /// @throws org.quantumhub.shared.HubException `UNAVAILABLE` when the store cannot be reached or refuses
    void put(String path, byte[] content);

    /// Reads an object.
    ///
    /// @throws org.quantumhub.shared.HubException `UNAVAILABLE` when the store cannot be reached, `NOT_FOUND` when
    /// there
    ///     is no such object
    byte[] get(String path);

    /// Removes objects; those that are not there are removed already.
    ///
    /// @throws org.quantumhub.shared.HubException `UNAVAILABLE` when the store cannot be reached
    void delete(Collection<String> paths);

    /// An object that is there.
    ///
    /// @param since when it was written, by the clock of the store
    record Stored(String path, Instant since) {}

    /// Goes through all objects of a kind, a page at a time and in no order. Those that come or go meanwhile may be
    /// told
    /// or not. What does not look like a path of the store's is somebody else's, and is passed by.
    ///
    /// @param kind the first part of their paths
    /// @throws org.quantumhub.shared.HubException `UNAVAILABLE` when the store cannot be reached
    void walk(String kind, Consumer<List<Stored>> pages);
}
