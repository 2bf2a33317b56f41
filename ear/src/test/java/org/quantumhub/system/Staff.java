package org.quantumhub.system;

import org.quantumhub.system.HubClient.Person;

/// People with a role on the platform beyond the usual one.
final class Staff {

    private Staff() {}

    /// Somebody new who has this role, signed in with it.
    static HubClient with(String role) {
        HubClient hub = RunningHub.hub().client();
        Person person = hub.register();
        RunningHub.hub().sql().run("insert into user_roles (user_id, role) values (?, ?)", person.id(), role);
        return hub.bearer(
                hub.login(person.email(), person.password()).expect(200).text("accessToken"));
    }
}
