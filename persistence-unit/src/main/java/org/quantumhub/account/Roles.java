package org.quantumhub.account;

/// The names of [PlatformRole] as constants, because annotations take nothing else. A test holds the two together.
public final class Roles {

    public static final String CONSUMER = "CONSUMER";
    public static final String DEVELOPER = "DEVELOPER";
    public static final String PROVIDER = "PROVIDER";
    public static final String OPERATOR = "OPERATOR";
    public static final String BILLING_MANAGER = "BILLING_MANAGER";
    public static final String AUDITOR = "AUDITOR";
    public static final String ADMIN = "ADMIN";

    private Roles() {}
}
