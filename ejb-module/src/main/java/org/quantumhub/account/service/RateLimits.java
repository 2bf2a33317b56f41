package org.quantumhub.account.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.quantumhub.account.RateLimit;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.ServersCounted;

/// Holds API keys to their rate limits: token buckets, in memory while this server is alone, in the database as soon as
/// there are others, so that a limit is one limit however many servers there are. Keys without a limit cost nothing.
@ApplicationScoped
public class RateLimits {

    private static final Duration KEPT = Duration.ofMinutes(5);

    @Resource(lookup = "jdbc/lane")
    DataSource background;

    private final Cache<String, Bucket> alone = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofDays(31))
            .build();

    private ProxyManager<String> shared;
    private volatile boolean isAlone = true;

    @SuppressWarnings("NullAway") // filled by prepare
    public RateLimits() {}

    @PostConstruct
    void prepare() {
        shared = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(background)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("hub.rate_buckets")
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT))
                .build();
    }

    void counted(@Observes ServersCounted servers) {
        isAlone = servers.alive() <= 1;
    }

    /// How a limit stands after a request was let in.
    ///
    /// @param limit of a period
    /// @param remaining requests that may follow at once
    /// @param resetSeconds until all of them are there again
    public record Standing(long limit, long remaining, long resetSeconds) {}

    /// Lets one request of a key in.
    ///
    /// @throws HubException `TOO_MANY_REQUESTS`
    public Standing spend(UUID keyId, String limitText) {
        RateLimit limit = RateLimit.read(limitText)
                .orElseThrow(() -> new HubException(ProblemCode.INTERNAL, "A stored rate limit cannot be read."));
        // another limit is another bucket
        String name = keyId + " " + limitText;
        Bucket bucket = isAlone
                ? alone.get(
                        name, key -> Bucket.builder().addLimit(bandwidth(limit)).build())
                : shared.builder()
                        .build(
                                name,
                                () -> BucketConfiguration.builder()
                                        .addLimit(bandwidth(limit))
                                        .build());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        long reset = seconds(probe.getNanosToWaitForReset());
        if (!probe.isConsumed()) {
            throw new HubException(
                            ProblemCode.TOO_MANY_REQUESTS, "This API key is limited to " + limitText + "; slow down.")
                    .with("limit", limit.count())
                    .with("remaining", 0)
                    .with("reset", reset)
                    .with("retryAfter", seconds(probe.getNanosToWaitForRefill()));
        }
        return new Standing(limit.count(), probe.getRemainingTokens(), reset);
    }

    private static Bandwidth bandwidth(RateLimit limit) {
        return Bandwidth.builder()
                .capacity(limit.count())
                .refillGreedy(limit.count(), limit.period())
                .build();
    }

    private static long seconds(long nanos) {
        return Math.max(1, (nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1));
    }
}
