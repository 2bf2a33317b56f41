package org.quantumhub.system;

/// Which company a test run is about.
final class Companies {

    private Companies() {}

    static Company company() {
        return "keycloak".equals(System.getProperty("hub.test.company")) ? Keycloak.keycloak() : LightCompany.company();
    }
}
