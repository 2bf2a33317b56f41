package org.quantumhub.hardware;

/// How jobs get to a provider.
public enum Adapter {
    /// the hub's own simulators
    ENGINE,
    /// the hub's own emulations of devices
    EMULATOR,
    /// Amazon Braket, by its SDK
    BRAKET,
    /// IonQ's interface, version 0.4
    IONQ,
    /// Quantum Brilliance's qcstack
    QCSTACK
}
