package org.quantumhub.execution.service;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.service.CircuitBreaker;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/// Bytes that Redis remembers for an hour. Nothing here ever fails: what does not answer in time knows nothing and
/// learns nothing. A Redis that is away is told of once, and left alone for a while by the breaker.
final class RedisResults implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RedisResults.class.getName());
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int CONNECTIONS = 16;

    private final RedisPlace place;
    private final Clock clock;
    private final RedisClient client;
    private final CircuitBreaker breaker = new CircuitBreaker();
    private @Nullable Trouble trouble;

    /// @param writing whether it was a write that failed: that reads go on does not end it
    private record Trouble(String reason, boolean writing) {}

    /// Makes no connection yet.
    ///
    /// @throws IllegalArgumentException when the certificates cannot be read
    RedisResults(RedisPlace place, Clock clock) {
        this.place = place;
        this.clock = clock;
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(place.timeout());
        pool.setJmxEnabled(false);
        this.client = RedisClient.builder()
                .hostAndPort(place.host(), place.port())
                .clientConfig(settings(place))
                .poolConfig(pool)
                .build();
    }

    private static DefaultJedisClientConfig settings(RedisPlace place) {
        DefaultJedisClientConfig.Builder settings = DefaultJedisClientConfig.builder()
                .timeoutMillis((int) place.timeout().toMillis())
                .database(place.database())
                // the oldest dialect is spoken by all of them, and costs no round trip to agree on
                .protocol(RedisProtocol.RESP2)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        place.user().ifPresent(settings::user);
        place.password().ifPresent(settings::password);
        if (place.tls()) {
            SSLParameters parameters = new SSLParameters();
            // else any certificate that Java trusts would do, whomever it names
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            settings.ssl(true).sslParameters(parameters);
            place.authority()
                    .ifPresent(file -> settings.sslSocketFactory(trusting(file).getSocketFactory()));
        }
        return settings.build();
    }

    private static SSLContext trusting(Path certificates) {
        try (InputStream file = Files.newInputStream(certificates)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry("authority-" + count++, one);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("hub.redis.ca-file holds no certificates: " + certificates, e);
        }
    }

    /// Whether Redis did what it was last asked for.
    boolean isWorking() {
        return breaker.state() == CircuitBreaker.State.CLOSED && !isTroubled();
    }

    /// Asks for a sign of life, so that what is wrong with the settings is told at the start.
    void greet() {
        ask(false, RedisClient::ping);
    }

    Optional<byte[]> get(String key) {
        return ask(false, redis -> redis.get(bytes(key)));
    }

    /// Writes entries, in one round trip.
    void put(Map<String, byte[]> entries) {
        ask(true, redis -> {
            try (Pipeline pipeline = redis.pipelined()) {
                entries.forEach((key, value) -> pipeline.setex(bytes(key), LIFE.toSeconds(), value));
                for (Object answer : pipeline.syncAndReturnAll()) {
                    if (answer instanceof JedisDataException refused) {
                        throw refused;
                    }
                }
            }
            return true;
        });
    }

    private byte[] bytes(String key) {
        return (place.prefix() + ":" + key).getBytes(StandardCharsets.UTF_8);
    }

    private <T> Optional<T> ask(boolean writing, Function<RedisClient, @Nullable T> question) {
        if (!breaker.lets(clock.instant())) {
            return Optional.empty();
        }
        try {
            T answer = answer(question);
            breaker.succeeded();
            worked(writing);
            return Optional.ofNullable(answer);
        } catch (RuntimeException e) {
            // whatever it is, a job must not hear of it
            breaker.failed(clock.instant());
            // what the others hold is of the same connection that is gone
            client.getPool().clear();
            failed(new Trouble(reason(e), writing), e);
            return Optional.empty();
        }
    }

    /// Redis closes connections that nobody has used for a while, and so do routers: then another one is made. What is
    /// asked here may be asked twice.
    private <T> @Nullable T answer(Function<RedisClient, @Nullable T> question) {
        try {
            return question.apply(client);
        } catch (JedisConnectionException closed) {
            if (isTimeout(closed)) {
                throw closed;
            }
            client.getPool().clear();
            return question.apply(client);
        }
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JedisAccessControlException || isUnknownCaller(cause)) {
                return "it refuses the user or the password that hub.redis.url, hub.redis.user or hub.redis.password give";
            }
            if (cause instanceof JedisDataException refused) {
                return "it answers " + refused.getMessage();
            }
            if (cause instanceof SSLException) {
                return "its certificate is not trusted, or it speaks no TLS (hub.redis.ca-file)";
            }
        }
        return "it cannot be reached, or does not answer in time";
    }

    private static boolean isUnknownCaller(Throwable cause) {
        String text = Objects.requireNonNullElse(cause.getMessage(), "");
        return cause instanceof JedisDataException && (text.startsWith("NOAUTH") || text.contains("AUTH <password>"));
    }

    private synchronized boolean isTroubled() {
        return trouble != null;
    }

    private synchronized void worked(boolean writing) {
        if (trouble != null && (writing || !trouble.writing())) {
            LOG.log(Level.INFO, "results are remembered again by {0}", place);
            trouble = null;
        }
    }

    /// Says a thing once, and not with every job.
    private synchronized void failed(Trouble now, RuntimeException failure) {
        boolean known = trouble != null && trouble.reason().equals(now.reason());
        if (!known) {
            LOG.log(
                    Level.WARNING,
                    "results are not remembered, and jobs run instead: {0} was asked, and {1} ({2})",
                    place,
                    now.reason(),
                    root(failure));
            trouble = now;
        }
    }

    /// What lies beneath it; the way there would fill the log.
    private static String root(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.toString();
    }

    @Override
    public void close() {
        client.close();
    }
}
