package org.quantumhub.team;

public enum TeamRole {
    OWNER,
    ADMIN,
    MEMBER
}
