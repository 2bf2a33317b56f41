package org.quantumhub.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The accounts of a load run: registered anew for each run, with as many API keys as there are users. Hashing a
/// password
/// takes a quarter of a second by design, so users share accounts, and their teams.
final class Population {

    private static final String PASSWORD = "only for the load run";

    private Population() {}

    /// More than any run sends in a month.
    private static final int QUOTA = Integer.MAX_VALUE;

    private static final String CREDIT = "1000000";

    /// @param adminKey an administrator's API key, which gives the accounts a quota and a credit for what they are
    /// going to send;
    /// null
    /// for a hub that gives everybody enough
    static List<String> keys(URI hub, int users, int teams, @Nullable String adminKey) throws IOException {
        List<String> keys = new ArrayList<>();
        String run = Long.toString(new SplittableRandom().nextLong(1L << 40), 36);
        try (Client client = new Client(hub)) {
            for (int team = 0; team < teams; team++) {
                String name = "load-" + run + "-" + team;
                String account = good(client.send(Http.request(
                        "POST",
                        "/api/v1/auth/register",
                        "",
                        "{\"username\":\"" + name + "\",\"email\":\"" + name + "@example.org\",\"password\":\""
                                + PASSWORD + "\"}")));
                if (adminKey != null) {
                    good(client.send(Http.request(
                            "PUT",
                            "/api/v1/users/" + member(account, "id"),
                            "X-API-Key: " + adminKey + "\r\n",
                            "{\"apiQuotaMonthly\":" + QUOTA + "}")));
                }
                String login = good(client.send(Http.request(
                        "POST",
                        "/api/v1/auth/login",
                        "",
                        "{\"login\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}")));
                if (adminKey != null) {
                    good(client.send(Http.request(
                            "POST",
                            "/api/v1/ledger/credits",
                            "X-API-Key: " + adminKey + "\r\n",
                            "{\"teamId\":\"" + member(login, "defaultTeamId")
                                    + "\",\"kind\":\"CREDIT\",\"amount\":\"" + CREDIT
                                    + "\",\"description\":\"for a load run\"}")));
                }
                String token = member(login, "accessToken");
                int share = users / teams + (team < users % teams ? 1 : 0);
                for (int i = 0; i < share; i++) {
                    keys.add(member(
                            good(client.send(Http.request(
                                    "POST",
                                    "/api/v1/api-keys",
                                    "Authorization: Bearer " + token + "\r\n",
                                    "{\"name\":\"load " + i + "\"}"))),
                            "key"));
                }
            }
        }
        return keys;
    }

    static String good(AnswerReader.Answer answer) throws IOException {
        if (!answer.isGood()) {
            throw new IOException("the hub answered " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    /// The value of a string member of a flat JSON answer.
    static String member(String json, String name) {
        String start = "\"" + name + "\":\"";
        int from = json.indexOf(start);
        if (from < 0) {
            throw new IllegalArgumentException("no member " + name + " in " + json);
        }
        return json.substring(from + start.length(), json.indexOf('"', from + start.length()));
    }
}
