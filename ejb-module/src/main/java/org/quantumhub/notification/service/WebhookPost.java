package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.quantumhub.notification.WebhookAttempt;

/// Posts the body of a webhook. One connection for one attempt, to the address that was judged; redirects are not
/// followed; of the answer only the status is read.
@ApplicationScoped
public class WebhookPost {

    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout ANSWER = Timeout.ofSeconds(10);
    private static final int LONGEST_SECONDS = 15;
    private static final int LONGEST_ERROR = 300;

    @Inject
    Egress egress;

    /// @return the attempt; without a status when there was no answer
    WebhookAttempt send(URI url, Map<String, String> headers, String body, Clock clock) {
        Instant begun = clock.instant();
        Integer status = null;
        String error = null;
        HttpPost post = new HttpPost(url);
        post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        headers.forEach(post::setHeader);
        // a receiver that answers byte by byte holds nobody up
        CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS).execute(post::cancel);
        try (CloseableHttpClient client = client(url);
                ClassicHttpResponse response = client.executeOpen(null, post, null)) {
            status = response.getCode();
            error = status / 100 == 2 ? null : status / 100 == 3 ? "redirects are not followed" : null;
        } catch (IOException | RuntimeException failed) {
            String told = failed.getClass().getSimpleName() + ": " + failed.getMessage();
            error = told.length() > LONGEST_ERROR ? told.substring(0, LONGEST_ERROR) : told;
        }
        int millis = (int) Math.min(Duration.between(begun, clock.instant()).toMillis(), Integer.MAX_VALUE);
        return new WebhookAttempt(status, error, Math.max(millis, 0), begun);
    }

    private CloseableHttpClient client(URI url) {
        boolean usual = "https".equalsIgnoreCase(url.getScheme()) && (url.getPort() == -1 || url.getPort() == 443);
        DnsResolver resolver = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return egress.resolve(host, usual);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(CONNECT)
                .setSocketTimeout(ANSWER)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setDefaultConnectionConfig(connection)
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(ANSWER).build())
                .setUserAgent("Quantum-Hub-Webhooks")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }
}
