package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import org.quantumhub.notification.FeedEntry.Audience;
import org.quantumhub.team.MembershipChanged;
import org.quantumhub.team.SecretJudged;
import org.quantumhub.team.TeamStanding;

/// What happens to teams, for those who listen.
@ApplicationScoped
public class TeamFeed {

    @Inject
    Feed feed;

    void told(@Observes TeamStanding standing) {
        feed.tell(
                standing.teamId(),
                null,
                standing.suspended() ? "team.suspended" : "team.resumed",
                standing.teamId().toString(),
                Json.createObjectBuilder().add("teamName", standing.teamName()).build());
    }

    void told(@Observes MembershipChanged changed) {
        feed.tell(
                changed.teamId(),
                null,
                "team.members-changed",
                changed.userId().toString(),
                Json.createObjectBuilder()
                        .add("userId", changed.userId().toString())
                        .build());
    }

    /// Comes from a transaction of the background; for those who look after the secrets.
    void told(@Observes SecretJudged judged) {
        JsonObjectBuilder data = Json.createObjectBuilder().add("provider", judged.provider());
        if (judged.reason() != null) {
            data.add("reason", judged.reason());
        }
        feed.tellFromBackground(
                judged.teamId(),
                Audience.ADMINS,
                judged.accepted() ? "secret.valid" : "secret.invalid",
                judged.provider(),
                data.build());
    }
}
