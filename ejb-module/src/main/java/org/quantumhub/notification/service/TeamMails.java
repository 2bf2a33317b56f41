package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.quantumhub.team.InvitationIssued;

/// The mails that teams cause, each in the transaction that causes it.
@ApplicationScoped
public class TeamMails {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu 'at' HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    @Inject
    Mails mails;

    @Inject
    MailConfig config;

    void invite(@Observes InvitationIssued issued) {
        mails.ask(
                MailTemplate.TEAM_INVITATION,
                null,
                issued.email(),
                Map.of(
                        "team", issued.teamName(),
                        "role", issued.role().name().toLowerCase(Locale.ROOT),
                        "token", issued.token(),
                        "link", config.publicUrl() + "/api/v1/invitations/" + issued.token(),
                        "until", MOMENT.format(issued.expiresAt())));
    }
}
