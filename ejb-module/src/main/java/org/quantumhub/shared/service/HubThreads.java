package org.quantumhub.shared.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Threads for what goes on after a request has been handed over: writing groups, answering, settling.
///
/// They are apart from the threads that receive requests. Under load those have a queue of requests in front of them,
/// and
/// a submission that had to pass it again for each of its steps would wait four times as long as a read.
@ApplicationScoped
public class HubThreads {

    private static final int COUNT = 16;

    @Resource
    ManagedThreadFactory factory;

    private ExecutorService threads;

    @SuppressWarnings("NullAway") // filled by start
    public HubThreads() {}

    @PostConstruct
    void start() {
        threads = Executors.newFixedThreadPool(COUNT, factory);
    }

    public ExecutorService pool() {
        return threads;
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
