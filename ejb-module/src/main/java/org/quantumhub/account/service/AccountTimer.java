package org.quantumhub.account.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.quantumhub.shared.service.Beats;

/// What accounts do from time to time, on every server.
@Singleton
@Startup
public class AccountTimer {

    private static final Logger LOG = System.getLogger(AccountTimer.class.getName());

    @Inject
    ApiKeys keys;

    @Inject
    ApiKeyUse use;

    @Inject
    Quotas quotas;

    @Inject
    SigningKeys signingKeys;

    @Inject
    AccountCleaning cleaning;

    @Resource
    TimerService timers;

    @Inject
    Beats beats;

    private enum Duty {
        WRITE_KEY_USE,
        CONFIRM_KEYS,
        GIVE_BACK_QUOTAS,
        KEEP_SIGNING_KEYS
    }

    @PostConstruct
    void start() {
        beats.start(timers, Duration.ofSeconds(1), Duration.ofMillis(400), Duty.WRITE_KEY_USE);
        beats.start(timers, Duration.ofSeconds(2), Duration.ofMillis(1_700), Duty.CONFIRM_KEYS);
        beats.start(timers, Duration.ofSeconds(10), Duration.ofMillis(3_100), Duty.GIVE_BACK_QUOTAS);
        beats.start(timers, Duration.ofSeconds(30), Duration.ofMillis(5_100), Duty.KEEP_SIGNING_KEYS);
    }

    @Timeout
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void beat(Timer timer) {
        switch ((Duty) timer.getInfo()) {
            case WRITE_KEY_USE -> quietly("writing what keys were used for", use::writePart);
            // keys that were not looked at are looked up one by one when they come
            case CONFIRM_KEYS -> quietly("a look at the keys in use", keys::confirm);
            case GIVE_BACK_QUOTAS -> quietly("giving quotas back", quotas::giveBackIdle);
            // the next half minute tries again; tokens are signed and verified with the ring as it was read last
            case KEEP_SIGNING_KEYS -> quietly("looking after the signing keys", signingKeys::keep);
        }
    }

    @PreDestroy
    void end() {
        quotas.giveBackAll();
        use.writeAll();
    }

    @Schedule(hour = "*", minute = "23", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void clean() {
        cleaning.clean();
    }

    private static void quietly(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} failed: {1}", what, e.toString());
        }
    }
}
