package org.quantumhub.system;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The mail server of the stories: a real one, inside this process.
final class Postbox {

    private static final GreenMail SERVER = started();

    private Postbox() {}

    private static GreenMail started() {
        GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
        server.start();
        return server;
    }

    static int port() {
        return SERVER.getSmtp().getPort();
    }

    /// The plain text of each mail to an address whose subject contains this.
    static List<String> mails(String recipient, String subject) {
        return Arrays.stream(SERVER.getReceivedMessagesForDomain(recipient))
                .filter(mail -> subjectOf(mail).contains(subject))
                .map(Postbox::text)
                .toList();
    }

    /// The newest of them, once there are so many.
    static String await(String recipient, String subject, int count) {
        return Await.until(
                        count + " mails '" + subject + "' to " + recipient,
                        () -> mails(recipient, subject),
                        mails -> mails.size() >= count)
                .getLast();
    }

    /// The path of the link in a mail.
    static String link(String text) {
        Matcher matcher = Pattern.compile("http://[^/\\s]+(/\\S+)").matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no link in " + text);
        }
        return matcher.group(1);
    }

    private static String subjectOf(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String text(MimeMessage mail) {
        try {
            return String.valueOf(
                    ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent());
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
