package org.quantumhub.hardware;

/// What kind of program a device takes.
public enum Paradigm {
    GATE,
    ANALOG
}
