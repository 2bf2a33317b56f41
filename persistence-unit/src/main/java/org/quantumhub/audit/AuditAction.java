package org.quantumhub.audit;

/// What was done to a row.
public enum AuditAction {
    INSERT,
    UPDATE,
    DELETE
}
