package org.quantumhub.hardware;

public enum DeviceType {
    SIMULATOR,
    QPU
}
