package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.quantumhub.notification.FeedReader.EndedJob;

/// Tells of the ends of jobs whose submitters named an address. Nothing that a submitter wrote is in these mails,
/// because
/// the address may be anybody's.
@ApplicationScoped
public class JobMails {

    @Inject
    Mails mails;

    @Inject
    MailConfig config;

    void tell(Connection connection, EndedJob job) throws SQLException {
        mails.put(
                connection,
                MailTemplate.JOB_ENDED,
                job.userId(),
                job.recipient(),
                Map.of(
                        "id", job.id().toString(),
                        "status", job.status().toLowerCase(Locale.ROOT),
                        "backend", job.backend(),
                        "cost", job.cost().toString(),
                        "link", config.publicUrl() + "/api/v1/jobs/" + job.id()));
    }
}
