package org.quantumhub.execution;

/// How many jobs of a bundle a backend takes in one task.
///
/// @param programs at most so many; 1 where each job needs a task of its own
/// @param shots at most so many, all together
/// @param gates at most so many, all together, as they were submitted
public record Together(int programs, long shots, long gates) {

    public static final Together ALONE = new Together(1, Long.MAX_VALUE, Long.MAX_VALUE);

    /// Whether so much fits into one task.
    boolean holds(int manyPrograms, long manyShots, long manyGates) {
        return manyPrograms <= programs && manyShots <= shots && manyGates <= gates;
    }
}
