package org.quantumhub.engine.simulator;

import java.util.concurrent.atomic.AtomicLong;

/// Random numbers that depend on seed, stream and position alone.
///
/// The generator is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014) used as a
/// function of a counter: number `i` of a stream can be computed without its predecessors. Each shot has a stream of
/// its own, so that counts do not depend on how shots are spread over threads.
final class Randomness {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final AtomicLong FRESH = new AtomicLong(mix(System.nanoTime()));

    private final long start;
    private long drawn;

    /// The stream of one shot.
    Randomness(long seed, long stream) {
        start = mix(mix(seed + GOLDEN) ^ mix(stream * GOLDEN + 1));
    }

    static long freshSeed() {
        return mix(FRESH.getAndAdd(GOLDEN)) >>> 1;
    }

    /// The next number from 0 (included) to 1 (excluded).
    double next() {
        return unit(mix(start + ++drawn * GOLDEN));
    }

    /// 64 random bits.
    long nextBits() {
        return mix(start + ++drawn * GOLDEN);
    }

    /// The first number of the stream of a shot, for circuits that need one number per shot.
    static double first(long seed, long stream) {
        return unit(mix(mix(mix(seed + GOLDEN) ^ mix(stream * GOLDEN + 1)) + GOLDEN));
    }

    private static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
