package org.quantumhub.notification;

/// How far a delivery is.
public enum DeliveryStatus {
    PENDING,
    DELIVERED,
    FAILED
}
