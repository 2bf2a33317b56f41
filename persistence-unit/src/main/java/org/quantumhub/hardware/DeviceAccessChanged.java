package org.quantumhub.hardware;

import java.util.UUID;

/// A team may use other backends than before. Fired inside the transaction that changes it.
public record DeviceAccessChanged(UUID teamId) {}
