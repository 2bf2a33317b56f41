package org.quantumhub.system;

import java.net.URI;
import java.util.List;

/// A company and its identity provider, to which the hub of the stories sends people. There are two: a light one inside
/// this process, for every run, and Keycloak, for the runs that ask for it.
interface Company {

    /// How the hub is registered there.
    String CLIENT = "quantum-hub";

    String SECRET = "the secret of the client";

    /// What the hub is told of the company.
    String GROUPS = "groups, realm_access.roles";

    String ROLES = "hub-operators=OPERATOR+AUDITOR,hub-developers=DEVELOPER";
    String TEAM = "company-lab";
    String TEAMS = "lab=" + TEAM + ":MEMBER";

    /// Somebody who works there, as the provider knows them.
    ///
    /// @param username by which the provider knows the person again when all else has changed
    record Employee(String username, String email, boolean emailVerified, List<String> groups, List<String> roles) {

        static final String PASSWORD = "a password of the company";

        Employee(String username, String email) {
            this(username, email, true, List.of(), List.of());
        }

        Employee in(String... newGroups) {
            return new Employee(username, email, emailVerified, List.of(newGroups), roles);
        }

        Employee as(String... newRoles) {
            return new Employee(username, email, emailVerified, groups, List.of(newRoles));
        }

        Employee at(String newEmail) {
            return new Employee(username, newEmail, emailVerified, groups, roles);
        }
    }

    /// The one that this test run is about.
    static Company company() {
        return Companies.company();
    }

    String issuer();

    /// From now on this is what the provider knows of the person.
    void employs(Employee employee);

    /// Signs the person in at the provider's door.
    ///
    /// @param door where the hub sent the browser
    /// @return where the provider sends it back to
    URI signIn(Browser browser, URI door, Employee employee);

    /// A token about this person that the provider signed for another service of the company.
    String tokenForAnotherService(Employee employee);
}
