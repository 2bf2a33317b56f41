package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quantumhub.execution.OpenTask;
import org.quantumhub.execution.ProviderStrays.Listed;
import org.quantumhub.execution.ProviderTask.State;
import org.quantumhub.execution.ProviderTaskRegister.Reachable;
import org.quantumhub.execution.Together;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.Provider;
import org.quantumhub.hardware.service.Account;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.ProviderCredentials;
import org.quantumhub.hardware.service.Providers;
import org.quantumhub.hardware.service.QuantumProvider;

/// The provider lane of this server: writes down what is to be ordered, orders it, asks after what is open and settles
/// what has ended. Every server has one; leases keep them out of each other's way.
@ApplicationScoped
public class ProviderLane {

    private static final Logger LOG = System.getLogger(ProviderLane.class.getName());
    private static final int POLLED_TOGETHER = 25;
    private static final Duration LISTED_BACK = Duration.ofHours(6);

    @Resource
    ManagedThreadFactory factory;

    @Inject
    ProviderConfig config;

    @Inject
    ProviderBooks books;

    @Inject
    ProviderSteps steps;

    @Inject
    ProviderCalls calls;

    @Inject
    Providers providers;

    @Inject
    ProviderCredentials credentials;

    @Inject
    Catalogue catalogue;

    @Inject
    Workbench workbench;

    @Inject
    Clock clock;

    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private ExecutorService workers;

    @SuppressWarnings("NullAway") // filled by start
    public ProviderLane() {}

    @PostConstruct
    void start() {
        workers = Executors.newFixedThreadPool(config.workers() + 1, factory);
    }

    @PreDestroy
    void stop() {
        workers.shutdown();
    }

    /// There may be something to do: looks now, or once more if somebody is looking.
    void wake() {
        again.set(true);
        if (working.compareAndSet(false, true)) {
            workers.execute(() -> {
                try {
                    while (again.getAndSet(false) && !workbench.isClosing()) {
                        round();
                    }
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "the provider lane stopped for a moment: {0}", e.toString());
                } finally {
                    working.set(false);
                }
            });
        }
    }

    /// Somebody cancelled a job: its task, if it has one, is asked after at once.
    void hurry(UUID jobId) {
        books.hurry(jobId);
        wake();
    }

    private void round() {
        boolean more = true;
        while (more && !workbench.isClosing()) {
            Reachable backends = new Reachable(new TreeSet<>(), new TreeSet<>());
            Reachable open = new Reachable(new TreeSet<>(), new TreeSet<>());
            Map<String, Boolean> let = new HashMap<>();
            for (Backend backend : catalogue.all()) {
                if (!backend.isProvided()) {
                    continue;
                }
                String provider = backend.provider().slug();
                boolean orders = backend.takesJobs() || backend.status() == BackendStatus.RETIRED;
                if (providers.notReady(backend).isEmpty() && let.computeIfAbsent(provider, providers::lets)) {
                    open.asHub().add(provider);
                    if (orders) {
                        backends.asHub().add(backend.slug());
                    }
                }
                if (providers.notReadyForTeams(backend).isEmpty() && let.computeIfAbsent(provider, providers::lets)) {
                    open.asTeams().add(provider);
                    if (orders) {
                        backends.asTeams().add(backend.slug());
                    }
                }
            }
            Set<String> all = new TreeSet<>(backends.asHub());
            all.addAll(backends.asTeams());
            Map<String, Together> takes = new TreeMap<>();
            all.forEach(slug -> takes.put(slug, calls.together(slug)));
            List<OpenTask> tasks = new ArrayList<>(takes.isEmpty() ? List.of() : books.begin(backends, takes));
            if (!open.isEmpty()) {
                tasks.addAll(books.claim(open));
            }
            more = tasks.size() >= config.claim();
            work(tasks);
        }
    }

    private void work(List<OpenTask> tasks) {
        List<Future<?>> running = new ArrayList<>();
        Map<String, List<OpenTask>> asked = new LinkedHashMap<>();
        for (OpenTask task : tasks) {
            if (task.state() == State.INTENT) {
                running.add(workers.submit(() -> quietly(() -> steps.order(task), task)));
            } else {
                List<OpenTask> together = asked.computeIfAbsent(task.account(), account -> new ArrayList<>());
                together.add(task);
                if (together.size() == POLLED_TOGETHER) {
                    List<OpenTask> full = asked.remove(task.account());
                    running.add(workers.submit(() -> quietly(() -> steps.ask(full), task)));
                }
            }
        }
        asked.values()
                .forEach(rest -> running.add(workers.submit(() -> quietly(() -> steps.ask(rest), rest.getFirst()))));
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (java.util.concurrent.ExecutionException e) {
                LOG.log(Level.ERROR, "a step of the provider lane failed", e.getCause());
            }
        }
    }

    /// What goes wrong here is not the task's fault; its lease runs out and somebody tries again.
    private static void quietly(Runnable step, OpenTask task) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "provider task left for later job=" + task.jobId(), e);
        }
    }

    /// Holds the providers' lists of tasks against the books.
    void reconcile() {
        for (Provider provider : catalogue.providers()) {
            QuantumProvider adapter = providers.of(provider.adapter()).orElse(null);
            if (adapter == null || !ready(provider) || !providers.lets(provider.slug())) {
                continue;
            }
            try {
                List<Listed> listed =
                        credentials
                                .in(
                                        Account.HUB,
                                        () -> adapter.tasks(clock.instant().minus(LISTED_BACK)))
                                .stream()
                                .map(task -> new Listed(task.taskId(), task.token(), task.status()))
                                .toList();
                for (Listed stray : books.reconcile(provider.slug(), listed)) {
                    LOG.log(
                            Level.WARNING,
                            "a task that is in no book provider={0} task={1} status={2}",
                            provider.slug(),
                            stray.providerTaskId(),
                            stray.status());
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "tasks not listed provider={0}: {1}", provider.slug(), e.toString());
            }
        }
    }

    private boolean ready(Provider provider) {
        return catalogue.all().stream()
                .anyMatch(backend -> backend.isProvided()
                        && backend.provider().slug().equals(provider.slug())
                        && providers.notReady(backend).isEmpty());
    }

    void census() {
        books.census();
    }
}
