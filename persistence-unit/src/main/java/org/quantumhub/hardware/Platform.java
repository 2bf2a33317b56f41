package org.quantumhub.hardware;

/// Whose protocol a provider speaks (HardwarePlatform in the source documents).
public enum Platform {
    HUB,
    AWS_BRAKET,
    IONQ,
    MARQOV,
    QUANTUM_BRILLIANCE,
    IBM_QUANTUM,
    AZURE_QUANTUM,
    RIGETTI_QCS,
    IQM,
    OQTOPUS,
    OTHER
}
