package org.quantumhub.execution;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which jobs of a team to list.
///
/// @param createdFrom inclusive
/// @param createdTo exclusive
/// @param before the last id of the page before this one
/// @param parent the bundle whose children are listed, or the job whose repetitions are; children are in no other list
/// @param project what they are done for
/// @param size 1 to 200
public record JobFilter(
        @Nullable JobStatus status,
        @Nullable String backend,
        @Nullable String tag,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable UUID before,
        @Nullable UUID parent,
        @Nullable UUID project,
        int size) {}
