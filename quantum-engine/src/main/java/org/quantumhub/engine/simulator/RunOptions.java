package org.quantumhub.engine.simulator;

/// How a circuit is to be run.
///
/// @param shots how often the circuit is measured; 0 asks for probabilities alone
/// @param seed fixes the random numbers: the same circuit, seed and shots give the same counts
/// @param memory whether the outcome of every single shot is wanted, in order
/// @param probabilities whether probabilities are wanted
/// @param cancellation asked now and then whether to give up
/// @param progress told now and then how far the run has come
public record RunOptions(
        int shots, long seed, boolean memory, boolean probabilities, Cancellation cancellation, Progress progress) {
    public RunOptions {
        if (shots < 0) {
            throw new IllegalArgumentException("shots must be 0 or more, not " + shots);
        }
    }

    /// Options with a seed of their own for each call, without per-shot memory, with probabilities.
    public static RunOptions shots(int shots) {
        return new RunOptions(shots, Randomness.freshSeed(), false, true, Cancellation.NEVER, Progress.IGNORED);
    }

    public RunOptions withSeed(long value) {
        return new RunOptions(shots, value, memory, probabilities, cancellation, progress);
    }

    public RunOptions withMemory(boolean value) {
        return new RunOptions(shots, seed, value, probabilities, cancellation, progress);
    }

    public RunOptions withProbabilities(boolean value) {
        return new RunOptions(shots, seed, memory, value, cancellation, progress);
    }

    public RunOptions withCancellation(Cancellation value) {
        return new RunOptions(shots, seed, memory, probabilities, value, progress);
    }

    public RunOptions withProgress(Progress value) {
        return new RunOptions(shots, seed, memory, probabilities, cancellation, value);
    }
}
