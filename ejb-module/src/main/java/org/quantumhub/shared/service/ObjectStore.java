package org.quantumhub.shared.service;

import java.util.Collection;

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
}
