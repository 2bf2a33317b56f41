package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;
import org.quantumhub.shared.TestEntities;

class JobRepositoryTest {

    private static final JobFilter ALL = filter(null, null, null, null, null, null, 50);
    private static final List<String> NASTY = List.of(
            "a b", "\"quoted\"", "back\\slash", "{curly,comma}", "NULL", "", "ünïcödé ☂", "it's", "tab\tline\n");

    private final TestDatabase database = TestDatabase.hub();
    private final JobKit jobs = new JobKit();
    private Tenant tenant = new Tenant(Ids.next(), Ids.next(), "nobody");

    @BeforeEach
    void a_team_of_its_own() throws Exception {
        jobs.clear();
        tenant = database.tenant("1.00");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 20261120})
    void pages_neither_repeat_nor_skip_while_jobs_arrive(long seed) throws Exception {
        Random random = new Random(seed);
        List<UUID> before = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            before.add(jobs.queued(tenant));
        }
        List<UUID> read = new ArrayList<>();
        UUID next = null;
        do {
            Page<Job> page = page(next, 1 + random.nextInt(9));
            page.items().forEach(job -> read.add(job.id()));
            next = page.next();
            for (int i = random.nextInt(4); i > 0; i--) {
                jobs.queued(tenant);
            }
        } while (next != null);
        assertThat(read).containsExactlyElementsOf(before.reversed());
    }

    @Test
    void a_page_that_holds_all_has_no_next() throws Exception {
        for (int i = 0; i < 3; i++) {
            jobs.queued(tenant);
        }
        assertThat(page(null, 3).next()).isNull();
        assertThat(page(null, 2).next()).isNotNull();
    }

    @Test
    void each_filter_leaves_what_it_names() throws Exception {
        UUID first = tagged("red");
        UUID second = tagged("red", "blue");
        UUID third = tagged();
        jobs.claim(Ids.next(), 1);
        assertThat(ids(filter(JobStatus.RUNNING, null, null, null, null, null, 50)))
                .containsExactly(first);
        assertThat(ids(filter(JobStatus.QUEUED, null, null, null, null, null, 50)))
                .containsExactly(third, second);
        assertThat(ids(filter(null, JobKit.BACKEND, null, null, null, null, 50)))
                .containsExactly(third, second, first);
        assertThat(ids(filter(null, "other", null, null, null, null, 50))).isEmpty();
        assertThat(ids(filter(null, null, "red", null, null, null, 50))).containsExactly(second, first);
        assertThat(ids(filter(null, null, "blue", null, null, null, 50))).containsExactly(second);
        assertThat(ids(filter(null, null, "re", null, null, null, 50))).isEmpty();
        assertThat(ids(filter(JobStatus.QUEUED, JobKit.BACKEND, "red", null, null, null, 50)))
                .containsExactly(second);

        Instant middle = created(second);
        assertThat(ids(filter(null, null, null, middle, null, null, 50))).containsExactly(third, second);
        assertThat(ids(filter(null, null, null, null, middle, null, 50))).containsExactly(first);
        assertThat(ids(filter(null, null, null, middle, created(third), null, 50)))
                .containsExactly(second);
    }

    @Test
    void tags_of_any_spelling_are_kept_and_found() throws Exception {
        UUID job = tagged(NASTY.toArray(String[]::new));
        List<String> kept =
                found(repository -> repository.find(job).orElseThrow().tags());
        assertThat(kept).isEqualTo(NASTY);
        for (String tag : NASTY) {
            assertThat(ids(filter(null, null, tag, null, null, null, 50)))
                    .as(tag)
                    .containsExactly(job);
        }
        UUID plain = tagged();
        List<String> none =
                found(repository -> repository.find(plain).orElseThrow().tags());
        assertThat(none).isEmpty();
    }

    @Test
    void a_tag_that_is_given_twice_is_one_tag() throws Exception {
        UUID job = tagged("same", "same");
        assertThat(ids(filter(null, null, "same", null, null, null, 50))).containsExactly(job);
    }

    /// Under row-level security, with the columns that the list asks for: nothing but the carriers of the tag is read.
    @Test
    void a_tag_is_looked_up_in_an_index() throws Exception {
        tagged("rare");
        String plan = database.ask(Role.APP, tenant, connection -> {
            TestDatabase.change(connection, "set local enable_seqscan = off");
            return TestDatabase.column(
                            connection,
                            "explain select 1 from hub.job_tags t where t.team_id = ? and t.tag = ?",
                            tenant.team(),
                            "rare")
                    .toString();
        });
        assertThat(plan).containsPattern("Index Cond: .*tag = 'rare'");
    }

    @Test
    void another_teams_jobs_are_neither_listed_nor_found() throws Exception {
        UUID mine = jobs.queued(tenant);
        Tenant stranger = database.tenant("0");
        List<UUID> asStranger = TestEntities.ask(
                stranger,
                entities -> repository(entities).list(tenant.team(), ALL).stream()
                        .map(Job::id)
                        .toList());
        assertThat(asStranger).isEmpty();
        boolean seen = TestEntities.ask(
                stranger, entities -> repository(entities).find(mine).isPresent());
        assertThat(seen).isFalse();
        assertThat(ids(ALL)).containsExactly(mine);
    }

    @Test
    void a_job_is_read_as_it_was_born() throws Exception {
        NewJobRow row = JobKit.row(tenant);
        jobs.submit(tenant, row);
        Job job = found(repository -> repository.find(row.id()).orElseThrow());
        assertThat(job.teamId()).isEqualTo(tenant.team());
        assertThat(job.userId()).isEqualTo(tenant.user());
        assertThat(job.name()).isEqualTo("bell");
        assertThat(job.jobType()).isEqualTo("CIRCUIT");
        assertThat(job.runMode()).isEqualTo(RunMode.NON_BLOCKING);
        assertThat(job.program().format()).isEqualTo(ProgramFormat.CIRCUIT_JSON);
        assertThat(job.program().text()).contains("\"num_qubits\": 2");
        assertThat(job.metadata()).isEqualTo("{}");
        assertThat(job.seed()).isEqualTo(row.seed());
        assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job.subStatus()).isNull();
        assertThat(job.attempts()).isZero();
        assertThat(job.estimatedCost()).isEqualTo(row.estimatedCost());
        assertThat(job.actualCost()).isNull();
        assertThat(job.priceVersionId()).isEqualTo(JobKit.PRICE);
        assertThat(job.requestId()).isEqualTo("request-1");
        assertThat(job.queuedAt()).isEqualTo(job.submittedAt());
        assertThat(job.startedAt()).isNull();
        assertThat(job.completedAt()).isNull();
        assertThat(job.version()).isEqualTo(1);
    }

    @Test
    void openqasm_metadata_results_and_events_are_read_back() throws Exception {
        UUID server = Ids.next();
        String qasm = "OPENQASM 3;\nqubit q; // 'quotes' \"and\" {braces}\n";
        NewJobRow row = new NewJobRow(
                Ids.next(),
                tenant.team(),
                tenant.user(),
                null,
                RunMode.BLOCKING,
                JobKit.BACKEND,
                new Program(ProgramFormat.OPENQASM3, qasm),
                3,
                Long.MIN_VALUE,
                true,
                List.of("t"),
                "{\"a\": [1, null]}",
                1,
                1,
                1,
                5,
                JobKit.ESTIMATE,
                JobKit.PRICE,
                null,
                null,
                JobTerms.NONE);
        Attempt attempt = new Attempt(
                ClaimedJob.unwritten(row, null),
                new Outcome.Succeeded(0.5, KeptResult.of("{\"0\": 3}"), "[\"0\", \"0\", \"0\"]"),
                Money.of("0.00200001", "USD"));
        jobs.arrive(tenant, Arrival.ended(row, attempt, server));

        Job job = found(repository -> repository.find(row.id()).orElseThrow());
        assertThat(job.program()).isEqualTo(new Program(ProgramFormat.OPENQASM3, qasm));
        assertThat(job.name()).isNull();
        assertThat(job.requestId()).isNull();
        assertThat(job.seed()).isEqualTo(Long.MIN_VALUE);
        assertThat(job.keepsMemory()).isTrue();
        assertThat(job.metadata()).isEqualTo("{\"a\": [1, null]}");
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.actualCost()).isEqualTo(Money.of("0.00200001", "USD"));
        assertThat(job.quantumTimeSeconds()).isEqualByComparingTo("0.5");
        assertThat(job.wallTimeSeconds()).isNotNegative();
        assertThat(job.completedAt()).isAfterOrEqualTo(job.submittedAt());

        JobResult counts = found(
                repository -> repository.result(row.id(), JobResult.COUNTS).orElseThrow());
        assertThat(counts.kept()).isEqualTo(KeptResult.of("{\"0\": 3}"));
        assertThat(counts.shots()).isEqualTo(3);
        JobResult memory = found(
                repository -> repository.result(row.id(), JobResult.MEMORY).orElseThrow());
        assertThat(memory.kept()).isEqualTo(KeptResult.of("[\"0\", \"0\", \"0\"]"));
        List<JobEvent> events = found(repository -> repository.events(row.id()));
        assertThat(events)
                .extracting(JobEvent::status)
                .containsExactly(JobStatus.SUBMITTED, JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.COMPLETED);
        assertThat(events).allSatisfy(event -> assertThat(event.createdAt()).isNotNull());
    }

    private UUID tagged(String... tags) throws SQLException {
        NewJobRow row = JobKit.row(tenant, List.of(tags), null);
        jobs.submit(tenant, row);
        return row.id();
    }

    private Instant created(UUID job) throws SQLException {
        return found(repository -> repository.find(job).orElseThrow().createdAt());
    }

    private Page<Job> page(@Nullable UUID before, int size) {
        return found(repository -> Page.cut(
                repository.list(tenant.team(), filter(null, null, null, null, null, before, size)), size, Job::id));
    }

    private List<UUID> ids(JobFilter filter) {
        return found(repository ->
                repository.list(tenant.team(), filter).stream().map(Job::id).toList());
    }

    private <T> T found(Function<JobRepository, T> question) {
        return TestEntities.ask(tenant, entities -> question.apply(repository(entities)));
    }

    private static JobRepository repository(EntityManager entities) {
        JobRepository repository = new JobRepository();
        repository.entities = entities;
        return repository;
    }

    private static JobFilter filter(
            @Nullable JobStatus status,
            @Nullable String backend,
            @Nullable String tag,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable UUID before,
            int size) {
        return new JobFilter(status, backend, tag, from, to, before, null, null, size);
    }
}
