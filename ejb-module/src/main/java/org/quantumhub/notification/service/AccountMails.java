package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.quantumhub.account.EmailVerificationAsked;

/// The mails that accounts cause, each in the transaction that causes it.
@ApplicationScoped
public class AccountMails {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu 'at' HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    @Inject
    Mails mails;

    @Inject
    MailConfig config;

    void verify(@Observes EmailVerificationAsked asked) {
        mails.ask(
                MailTemplate.EMAIL_VERIFICATION,
                asked.userId(),
                asked.email(),
                Map.of(
                        "name", asked.username(),
                        "link", config.publicUrl() + "/api/v1/auth/verify/" + asked.token(),
                        "until", moment(asked.expiresAt())));
    }

    private static String moment(Instant instant) {
        return MOMENT.format(instant);
    }
}
