package org.quantumhub.hardware;

/// What a device is made of (HardwareTechnology in the source documents).
public enum Technology {
    SUPERCONDUCTING,
    TRAPPED_ION,
    NEUTRAL_ATOM,
    PHOTONIC,
    SPIN_QUBIT,
    NV_DIAMOND,
    ANNEALER,
    SIMULATOR,
    OTHER
}
