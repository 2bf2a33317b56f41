package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.AuthorisationMatrix.Operation;
import org.quantumhub.system.AuthorisationMatrix.Verdict;
import org.quantumhub.system.AuthorisationMatrix.Who;
import org.quantumhub.system.MatrixPeople.Caller;

/// Every operation of the API, asked by every kind of caller, with ids of the own team and with those of another.
@Story
class AuthorisationStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final Sql sql = RunningHub.hub().sql();
    private final AuthorisationMatrix matrix = AuthorisationMatrix.read();

    static Set<String> offered(HubClient anybody) {
        Set<String> offered = new TreeSet<>();
        JsonObject paths =
                anybody.get("/openapi?format=json").expect(200).json().getJsonObject("paths");
        paths.forEach((path, item) -> item.asJsonObject().keySet().stream()
                .filter(METHODS::contains)
                .forEach(method -> offered.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return offered;
    }

    /// Jobs that were made to be asked for do not wait for a worker.
    @AfterEach
    void clear() {
        sql.run("update jobs set status = 'CANCELLED', completed_at = now(), actual_cost = 0"
                + " where status = 'SUBMITTED' and program = 'OPENQASM 3;'");
        sql.run("delete from webhook_endpoints where url = 'https://93.184.216.34/'");
        sql.run("delete from team_secrets where provider = 'matrix'");
        sql.run("delete from team_data_keys where master_key_id = 'matrix'");
        sql.run("update key_rotations set finished_at = now() where finished_at is null");
    }

    @Test
    void every_operation_has_a_line() {
        assertThat(matrix.operations().keySet())
                .as("lines of authorisation.txt against /openapi")
                .containsExactlyInAnyOrderElementsOf(offered(ANYBODY));
    }

    @Test
    void everybody_gets_in_where_they_may_and_nowhere_else() {
        MatrixPeople people = new MatrixPeople(ANYBODY, sql);
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (Operation operation : matrix.operations().values()) {
            for (Who who : Who.values()) {
                Caller caller = people.caller(who);
                wrong.addAll(
                        own(operation, who, ask(operation, caller, people, caller.own(), caller.person()), people));
                asked++;
                if (operation.hasIds()) {
                    UUID stranger = people.personOf(caller.other());
                    Answer answer = ask(operation, caller, people, caller.other(), stranger);
                    wrong.addAll(other(operation, who, answer));
                    asked++;
                }
            }
        }
        System.out.println("authorisation matrix: " + matrix.operations().size() + " operations, " + Who.values().length
                + " kinds of callers, " + asked + " requests, " + wrong.size() + " wrong");
        assertThat(wrong).isEmpty();
    }

    static Answer ask(Operation operation, Caller caller, MatrixPeople people, UUID team, UUID person) {
        String address = people.address(operation, team, person)
                + (operation.path().equals("/api/v1/events") ? "?seconds=0" : "");
        byte[] body = operation.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return operation.method().equals("GET")
                ? caller.client().get(address)
                : caller.client().send(operation.method(), address, "application/json", body);
    }

    private List<String> own(Operation operation, Who who, Answer answer, MatrixPeople people) {
        Verdict expected = operation.rule().expects(who);
        boolean missing = operation.asksForNothing();
        boolean right = switch (expected) {
            case OK -> letIn(answer) || missing && answer.status() == 404;
            case UNAUTHENTICATED -> answer.status() == 401;
            case FORBIDDEN -> answer.status() == 403 && answer.text("code").equals("FORBIDDEN");
            case SUSPENDED -> answer.status() == 403 && answer.text("code").equals("TEAM_SUSPENDED");
        };
        List<String> wrong = new ArrayList<>();
        if (!right) {
            wrong.add(who + " with own ids, expected " + expected + ": " + told(operation, answer));
        }
        if (!operation.rule().anybodys() && answer.status() < 300) {
            wrong.addAll(foreign(operation, who, answer, people));
        }
        return wrong;
    }

    /// The door of the identity provider lets everybody in and turns away whoever comes without its word: by its own
    /// rule.
    private static boolean letIn(Answer answer) {
        if (answer.status() == 403 && answer.text("code").equals("SIGN_IN_REFUSED")) {
            return true;
        }
        return answer.status() < 500 && !Set.of(401, 403, 404).contains(answer.status());
    }

    private static List<String> foreign(Operation operation, Who who, Answer answer, MatrixPeople people) {
        return people.teams().stream()
                .filter(team -> !team.equals(people.caller(who).own()))
                .filter(team -> answer.body().contains(team.toString()))
                .map(team -> who + " sees team " + team + ": " + told(operation, answer))
                // people of the shared team have a personal one too, which nobody here acts for
                .toList();
    }

    private static List<String> other(Operation operation, Who who, Answer answer) {
        Verdict own = operation.rule().expects(who);
        boolean right = switch (own) {
            case OK ->
                answer.status() == 404
                        ? mayBeMissing(operation)
                        : operation.rule().anybodys() && letIn(answer);
            case UNAUTHENTICATED -> answer.status() == 401;
            // whether the row or the right is missed first says nothing about the row
            case FORBIDDEN, SUSPENDED -> Set.of(403, 404).contains(answer.status());
        };
        return right ? List.of() : List.of(who + " with ids of others: " + told(operation, answer));
    }

    /// What is another's is not there; nor is what nobody has made.
    private static boolean mayBeMissing(Operation operation) {
        return !operation.rule().anybodys() || operation.asksForNothing();
    }

    static String told(Operation operation, Answer answer) {
        String body = answer.body();
        return operation + " answered " + answer.status() + " " + body.substring(0, Math.min(body.length(), 200));
    }
}
