package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds jobs, as far as row-level security shows them.
@ApplicationScoped
public class JobRepository {

    private static final String TAGGED =
            "exists (select t from JobTag t where t.teamId = :team and t.tag = :tag and t.jobId = j.id)";

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public Optional<Job> find(UUID id) {
        return Optional.ofNullable(entities.find(Job.class, id));
    }

    /// These jobs, in no order, to be shown and not to be changed: none is copied and compared when the transaction
    /// ends.
    public List<Job> all(Collection<UUID> ids) {
        return entities.createQuery("select j from Job j where j.id in :ids", Job.class)
                .setHint("eclipselink.read-only", true)
                .setParameter("ids", ids)
                .getResultList();
    }

    /// Jobs of a team, newest first, one more than asked for when there are more. Ids rise with time, so a page is cut
    /// by id: jobs that arrive meanwhile come before the first page and shift nothing.
    public List<Job> list(UUID teamId, JobFilter filter) {
        List<String> conditions = new ArrayList<>(List.of("j.teamId = :team"));
        Map<String, Object> values = new LinkedHashMap<>(Map.of("team", teamId));
        when(filter.status(), "j.status = :status", "status", conditions, values);
        when(filter.backend(), "j.backendSlug = :backend", "backend", conditions, values);
        when(filter.tag(), TAGGED, "tag", conditions, values);
        when(filter.parent(), "j.parentJobId = :parent", "parent", conditions, values);
        when(filter.project(), "j.projectId = :project", "project", conditions, values);
        if (filter.parent() == null) {
            conditions.add("j.childIndex is null");
        }
        when(filter.createdFrom(), "j.createdAt >= :from", "from", conditions, values);
        when(filter.createdTo(), "j.createdAt < :to", "to", conditions, values);
        when(filter.before(), "j.id < :before", "before", conditions, values);
        TypedQuery<Job> query = entities.createQuery(
                "select j from Job j where " + String.join(" and ", conditions) + " order by j.id desc", Job.class);
        values.forEach(query::setParameter);
        return query.setMaxResults(filter.size() + 1).getResultList();
    }

    private static void when(
            @Nullable Object value,
            String condition,
            String name,
            List<String> conditions,
            Map<String, Object> values) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }

    public Optional<JobResult> result(UUID jobId, String type) {
        return entities.createQuery(
                        "select r from JobResult r where r.jobId = :job and r.type = :type", JobResult.class)
                .setParameter("job", jobId)
                .setParameter("type", type)
                .getResultStream()
                .findFirst();
    }

    /// The result that stands for the job.
    public Optional<JobResult> primaryResult(UUID jobId) {
        return primaryResults(List.of(jobId)).stream().findFirst();
    }

    /// The results that stand for these jobs, in no order.
    public List<JobResult> primaryResults(List<UUID> jobs) {
        return jobs.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "select r from JobResult r where r.jobId in :jobs and r.primary = true",
                                JobResult.class)
                        .setParameter("jobs", jobs)
                        .getResultList();
    }

    /// All results of a job, the primary one first.
    public List<JobResult> results(UUID jobId) {
        return entities.createQuery(
                        "select r from JobResult r where r.jobId = :job order by r.primary desc, r.type",
                        JobResult.class)
                .setParameter("job", jobId)
                .getResultList();
    }

    /// Children of a bundle in their order, one more than asked for when there are more.
    public List<Job> children(UUID teamId, UUID bundle, int after, int size) {
        return entities.createQuery(
                        "select j from Job j where j.teamId = :team and j.parentJobId = :bundle and j.childIndex > :after"
                                + " order by j.childIndex",
                        Job.class)
                .setParameter("team", teamId)
                .setParameter("bundle", bundle)
                .setParameter("after", after)
                .setMaxResults(size + 1)
                .getResultList();
    }

    /// The circuits of a bundle in their order, with the values of their inputs.
    public List<ChildProgram> programs(UUID teamId, UUID bundle) {
        return entities.createQuery(
                        "select j.programFormat, j.program, j.circuitData, j.parameters from Job j where j.teamId = :team"
                                + " and j.parentJobId = :bundle and j.childIndex is not null order by j.childIndex",
                        Object[].class)
                .setParameter("team", teamId)
                .setParameter("bundle", bundle)
                .getResultStream()
                .map(row -> ChildProgram.of((ProgramFormat) row[0], (String) row[1], (String) row[2], (String) row[3]))
                .toList();
    }

    public Optional<JobDetails> details(UUID id) {
        return Optional.ofNullable(entities.find(JobDetails.class, id));
    }

    /// Lines of a job's log in order, one more than asked for when there are more.
    ///
    /// @param stream null for both
    public List<JobLog> logs(UUID jobId, @Nullable LogStream stream, long after, int size) {
        TypedQuery<JobLog> query = entities.createQuery(
                        "select l from JobLog l where l.jobId = :job and l.id > :after"
                                + (stream == null ? "" : " and l.stream = :stream") + " order by l.id",
                        JobLog.class)
                .setParameter("job", jobId)
                .setParameter("after", after)
                .setMaxResults(size + 1);
        if (stream != null) {
            query.setParameter("stream", stream);
        }
        return query.getResultList();
    }

    /// Everything that happened to a job, in order.
    public List<JobEvent> events(UUID jobId) {
        return entities.createQuery("select e from JobEvent e where e.jobId = :job order by e.id", JobEvent.class)
                .setParameter("job", jobId)
                .getResultList();
    }
}
