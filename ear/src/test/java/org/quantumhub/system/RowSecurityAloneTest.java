package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.quantumhub.system.AuthorisationMatrix.Operation;
import org.quantumhub.system.AuthorisationMatrix.Verdict;
import org.quantumhub.system.AuthorisationMatrix.Who;
import org.quantumhub.system.HubProcess.Plan;
import org.quantumhub.system.MatrixPeople.Caller;

/// The authorisation matrix on a hub whose services check nothing: every resource is open to everybody, every member
/// may do
/// everything, and nobody compares ids. The database still shows and changes no row of another team.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(5)
class RowSecurityAloneTest {

    private final TestDatabase database = TestDatabase.start(Project.workplace("unchecked-database"));
    private final Sql sql = database.sql();
    private final HubProcess hub =
            HubProcess.begin(new Plan("unchecked", UncheckedBuild.make(), database, Map.of("HUB_MEMORY", "768m")));

    private final String everythingOfTeam = everythingOfTeam();

    @AfterAll
    void end() {
        try (database) {
            hub.close();
        }
    }

    /// One question for all tables: it is asked twice for each request, and with the team as its parameter it is
    /// planned
    /// once.
    private String everythingOfTeam() {
        // ledger entries belong to accounts; usage is counted and rolled up by the hub, whenever it comes to it, and no
        // request may write it (hub_app reads `usage_days` only)
        return "with w as (select ?::uuid as team) "
                + sql
                        .rows("select table_name from information_schema.columns where table_schema = 'hub'"
                                + " and column_name = 'team_id'"
                                + " and table_name not in ('ledger_entries', 'usage_analytics', 'usage_days')")
                        .stream()
                        .map(row -> "select '" + row.getFirst()
                                + "', coalesce(md5(string_agg(t::text, ' ' order by t::text)), '') from "
                                + row.getFirst()
                                + " t where team_id = (select team from w)")
                        .collect(Collectors.joining(" union all "))
                + " union all select 'teams', t::text from teams t where id = (select team from w)";
    }

    /// Everything there is of a team, as one text for each table.
    private Map<String, String> everything(UUID team) {
        Map<String, String> everything = new TreeMap<>();
        sql.rows(everythingOfTeam, team).forEach(row -> everything.put(row.getFirst(), row.getLast()));
        return everything;
    }

    /// What the team's own people have submitted ends when the hub comes to it: that is no doing of others.
    private void awaitRest(UUID team) {
        Await.until(
                "the end of what runs for team " + team,
                () -> sql.count(
                        "select count(*) from jobs where team_id = ? and sub_status is null and backend_slug = 'hub-statevector'"
                                + " and status in ('QUEUED', 'PROVISIONING', 'RUNNING', 'CANCELLING')",
                        team),
                running -> running == 0);
    }

    @Test
    void the_database_alone_keeps_teams_apart() {
        HubClient anybody = hub.awaitReady().client();
        AuthorisationMatrix matrix = AuthorisationMatrix.read();
        MatrixPeople people = new MatrixPeople(anybody, sql);
        // the check is really out: a member does what only admins may
        Caller member = people.caller(Who.MEMBER);
        member.client()
                .patch("/api/v1/teams/" + member.own(), "{\"billingAddress\": \"by a member\"}")
                .expect(200);

        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (Operation operation : matrix.operations().values()) {
            for (Who who : EnumSet.range(Who.CONSUMER, Who.SUSPENDED)) {
                boolean everybodys =
                        operation.rule().anybodys() && operation.rule().expects(who) == Verdict.OK;
                if (everybodys || operation.fixtures().containsValue("spare-team")) {
                    continue;
                }
                Caller caller = people.caller(who);
                UUID person = people.personOf(caller.other());
                String address = people.address(operation, caller.other(), person)
                        + (operation.path().equals("/api/v1/events") ? "?seconds=0" : "");
                awaitRest(caller.other());
                Map<String, String> before = everything(caller.other());
                Answer answer = operation.method().equals("GET")
                        ? caller.client().get(address)
                        : caller.client()
                                .send(
                                        operation.method(),
                                        address,
                                        "application/json",
                                        operation.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                asked++;
                wrong.addAll(told(operation, who, answer, people));
                Map<String, String> after = everything(caller.other());
                after.entrySet().removeAll(before.entrySet());
                if (!after.isEmpty()) {
                    wrong.add(who + " changed rows of others in " + after.keySet() + ": "
                            + AuthorisationStory.told(operation, answer));
                }
            }
        }
        System.out.println("row-level security alone: " + asked + " requests for rows of others, " + wrong.size()
                + " told or changed something");
        assertThat(wrong).isEmpty();
    }

    private static List<String> told(Operation operation, Who who, Answer answer, MatrixPeople people) {
        if (answer.status() >= 300) {
            return List.of();
        }
        Set<UUID> teams = people.teams();
        return teams.stream()
                .filter(team -> !team.equals(people.caller(who).own()))
                .filter(team -> answer.body().contains(team.toString()))
                .map(team -> who + " sees team " + team + ": " + AuthorisationStory.told(operation, answer))
                .toList();
    }
}
