package org.quantumhub.notification.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of mail, checked at the start.
@ApplicationScoped
public class MailConfig {

    private static final Set<String> SECURITY = Set.of("none", "starttls", "tls");

    @Inject
    @ConfigProperty(name = "hub.mail.smtp.host")
    Optional<String> host;

    @Inject
    @ConfigProperty(name = "hub.mail.smtp.port", defaultValue = "587")
    int port;

    @Inject
    @ConfigProperty(name = "hub.mail.smtp.security", defaultValue = "starttls")
    String security;

    @Inject
    @ConfigProperty(name = "hub.mail.smtp.user")
    Optional<String> user;

    @Inject
    @ConfigProperty(name = "hub.mail.smtp.password")
    Optional<String> password;

    @Inject
    @ConfigProperty(name = "hub.mail.from", defaultValue = "Quantum Hub <quantum-hub@localhost>")
    String from;

    @Inject
    @ConfigProperty(name = "hub.mail.attempts", defaultValue = "12")
    int attempts;

    @Inject
    @ConfigProperty(name = "hub.mail.keep-days", defaultValue = "30")
    int keepDays;

    @Inject
    @ConfigProperty(name = "hub.home", defaultValue = ".")
    String home;

    @Inject
    @ConfigProperty(name = "hub.public-url", defaultValue = "http://localhost:9080")
    String publicUrl;

    @PostConstruct
    void check() {
        if (!SECURITY.contains(security)) {
            throw new IllegalArgumentException("hub.mail.smtp.security is '" + security + "'; it must be one of "
                    + SECURITY.stream().sorted().toList());
        }
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("hub.mail.attempts is " + attempts + "; it must lie between 1 and 100");
        }
    }

    /// Empty: mails are written to [#folder] instead of being sent.
    public Optional<String> host() {
        return host.filter(name -> !name.isBlank());
    }

    public int port() {
        return port;
    }

    /// Whether the connection must be turned into TLS before anything is said.
    public boolean startTls() {
        return security.equals("starttls");
    }

    /// Whether the connection is TLS from its first byte.
    public boolean tls() {
        return security.equals("tls");
    }

    public Optional<String> user() {
        return user.filter(name -> !name.isBlank());
    }

    public String password() {
        return password.orElse("");
    }

    public String from() {
        return from;
    }

    /// How often a mail is tried before it is given up.
    public int attempts() {
        return attempts;
    }

    /// How many days the note that a mail was sent is kept.
    public int keepDays() {
        return keepDays;
    }

    /// Where mails go without a server for them.
    public Path folder() {
        return Path.of(home, "mail");
    }

    /// How people reach the hub, without a slash at its end; links in mails begin with it.
    public String publicUrl() {
        return publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }
}
