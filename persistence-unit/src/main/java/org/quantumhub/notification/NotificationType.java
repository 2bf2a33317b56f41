package org.quantumhub.notification;

/// How a notification is meant.
public enum NotificationType {
    INFO,
    SUCCESS,
    WARNING,
    ERROR,
    BILLING,
    SECURITY,
    MAINTENANCE
}
