package org.quantumhub.notification.service;

/// What mails there are. Each has two files beside this class: plain text, whose first line is the subject, and HTML.
public enum MailTemplate {
    EMAIL_VERIFICATION("email-verification"),
    TEAM_INVITATION("team-invitation"),
    PASSWORD_RESET("password-reset"),
    ACCOUNT_SECURED("account-secured"),
    JOB_ENDED("job-ended"),
    NOTICE("notice");

    private final String file;

    MailTemplate(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }
}
