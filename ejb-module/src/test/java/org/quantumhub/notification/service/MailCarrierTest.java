package org.quantumhub.notification.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailCarrierTest {

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

    private static final Map<String, String> VALUES =
            Map.of("name", "<b>Ada</b> & Co", "link", "http://hub.example/verify/abc?x=1&y=2", "until", "tomorrow");

    @TempDir
    Path home;

    private final MailConfig config = new MailConfig();
    private final MailCarrier carrier = new MailCarrier();

    MailCarrierTest() {
        config.host = Optional.empty();
        config.user = Optional.empty();
        config.password = Optional.empty();
        config.security = "none";
        config.from = "Quantum Hub <hub@example.org>";
        carrier.config = config;
        carrier.composer = new MailComposer();
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void carry(UUID id) throws Exception {
        config.home = home.toString();
        carrier.carry(id, "ada@example.org", MailTemplate.EMAIL_VERIFICATION, VALUES);
    }

    private void toServer() {
        config.host = Optional.of("127.0.0.1");
        config.port = server.getSmtp().getPort();
    }

    @Test
    void a_mail_reaches_the_server_as_plain_text_and_html() throws Exception {
        toServer();
        UUID id = UUID.randomUUID();
        carry(id);
        assertThat(server.waitForIncomingEmail(5000, 1)).isTrue();
        MimeMessage message = server.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("Confirm your e-mail address");
        assertThat(message.getHeader("From")).containsExactly("Quantum Hub <hub@example.org>");
        assertThat(message.getHeader("To")).containsExactly("ada@example.org");
        assertThat(message.getMessageID()).isEqualTo("<" + id + "@quantum-hub>");
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(String.valueOf(parts.getBodyPart(0).getContent()))
                .contains("Hello <b>Ada</b> & Co")
                .contains("http://hub.example/verify/abc?x=1&y=2");
        assertThat(String.valueOf(parts.getBodyPart(1).getContent()))
                .contains("Hello &lt;b&gt;Ada&lt;/b&gt; &amp; Co")
                .contains("x=1&amp;y=2");
    }

    @Test
    void a_server_that_asks_for_a_password_gets_it_and_refuses_a_wrong_one() throws Exception {
        server.setUser("hub@example.org", "hub", "right one");
        server.getUserManager().setAuthRequired(true);
        toServer();
        config.user = Optional.of("hub");
        config.password = Optional.of("right one");
        carry(UUID.randomUUID());
        config.password = Optional.of("wrong one");
        assertThatThrownBy(() -> carry(UUID.randomUUID())).isInstanceOf(MessagingException.class);
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void a_server_without_tls_gets_nothing_when_tls_is_asked_for() {
        toServer();
        config.security = "starttls";
        assertThatThrownBy(() -> carry(UUID.randomUUID()))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void without_a_server_the_mail_is_a_file() throws Exception {
        UUID id = UUID.randomUUID();
        carry(id);
        try (Stream<Path> files = Files.list(home.resolve("mail"))) {
            List<Path> written = files.toList();
            assertThat(written).hasSize(1);
            assertThat(written.getFirst().getFileName()).hasToString(id + "-email-verification.eml");
            assertThat(Files.readString(written.getFirst()))
                    .contains("Subject: Confirm your e-mail address")
                    .contains("To: ada@example.org");
        }
    }

    @Test
    void an_address_with_a_line_end_writes_no_header() {
        toServer();
        assertThatThrownBy(() -> carrier.carry(
                        UUID.randomUUID(),
                        "ada@example.org\r\nBcc: eve@example.org",
                        MailTemplate.EMAIL_VERIFICATION,
                        VALUES))
                .isInstanceOf(MessagingException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }
}
