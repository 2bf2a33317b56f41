package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.quantumhub.account.AccountSecured;
import org.quantumhub.account.EmailVerificationAsked;
import org.quantumhub.account.PasswordResetAsked;

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

    @Inject
    Clock clock;

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

    void reset(@Observes PasswordResetAsked asked) {
        mails.ask(
                MailTemplate.PASSWORD_RESET,
                asked.userId(),
                asked.email(),
                Map.of(
                        "name", asked.username(),
                        "link", config.publicUrl() + "/api/v1/auth/reset-password/" + asked.token(),
                        "until", moment(asked.expiresAt())));
    }

    void tell(@Observes AccountSecured secured) {
        mails.ask(
                MailTemplate.ACCOUNT_SECURED,
                secured.userId(),
                secured.email(),
                Map.of(
                        "name", secured.username(),
                        "what", secured.change().text(),
                        "when", moment(clock.instant())));
    }

    private static String moment(Instant instant) {
        return MOMENT.format(instant);
    }
}
