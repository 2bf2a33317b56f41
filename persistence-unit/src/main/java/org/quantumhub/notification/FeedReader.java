package org.quantumhub.notification;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.quantumhub.shared.Money;

/// Turns entries of the feed and ends of jobs into deliveries of webhooks and into notifications, in sets.
@ApplicationScoped
public class FeedReader {

    private static final int BATCH = 5_000;

    private static final String ANNOUNCED = """
            select j.id, j.user_id, j.notification_email, j.backend_slug, e.status, j.actual_cost, j.currency
              from hub.job_events e
              join hub.jobs j on j.id = e.job_id
             where e.id > ? and e.id <= ? and e.status in ('COMPLETED', 'FAILED', 'CANCELLED')
               and j.notification_email is not null and j.child_index is null
             order by e.id
            """;

    /// What one turn has read.
    ///
    /// @param after the last entry that was read before
    /// @param upto the last one that has been read now
    /// @param more whether there may be more
    public record Stretch(long after, long upto, boolean more) {

        static final Stretch NOTHING = new Stretch(0, 0, false);
    }

    /// A job whose submitter wanted somebody to be told of its end.
    ///
    /// @param status the last one
    public record EndedJob(UUID id, UUID userId, String recipient, String backend, String status, Money cost) {}

    public Stretch readFeed(Connection connection, long upto) throws SQLException {
        return read(connection, "FEED", upto, List.of("""
                insert into hub.webhook_deliveries (id, team_id, endpoint_id, event_type, event_key, payload)
                select hub.next_id(), w.team_id, w.id, f.type, 'feed-' || f.id,
                       jsonb_build_object('type', f.type, 'timestamp', to_char(f.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                          'data', f.data || jsonb_build_object('teamId', f.team_id))
                  from hub.feed_entries f
                  join hub.webhook_endpoints w on w.team_id = f.team_id and w.is_active
                                              and (f.type = any (w.event_types) or '*' = any (w.event_types))
                 where f.id > ? and f.id <= ? and f.user_id is null
                 order by f.id
                    on conflict do nothing
                """, """
                insert into hub.notifications (id, user_id, about_team, title, message, type, topic)
                select hub.next_id(), m.user_id, f.team_id,
                       case f.type when 'team.suspended' then 'Team suspended' else 'Team works again' end,
                       case f.type when 'team.suspended' then 'The team ' || (f.data ->> 'teamName') || ' is suspended: it can read, but change nothing.'
                                   else 'The team ' || (f.data ->> 'teamName') || ' may work again.' end,
                       case f.type when 'team.suspended' then 'WARNING' else 'SUCCESS' end, 'team.standing'
                  from hub.feed_entries f
                  join hub.team_members m on m.team_id = f.team_id
                 where f.id > ? and f.id <= ? and f.type in ('team.suspended', 'team.resumed')
                   and not exists (select from hub.notification_preferences p
                                    where p.user_id = m.user_id and p.topic = 'team.standing' and p.muted)
                """, """
                insert into hub.notifications (id, user_id, about_team, title, message, type, topic)
                select hub.next_id(), m.user_id, f.team_id, 'Budget at ' || (f.data ->> 'threshold') || ' %',
                       'The budget ' || (f.data ->> 'name') || ' has used ' || (f.data ->> 'used') || ' of ' || (f.data ->> 'amount') || ' '
                       || (f.data ->> 'currency') || '.', 'BILLING', 'budget.threshold'
                  from hub.feed_entries f
                  join hub.team_members m on m.team_id = f.team_id and m.role in ('OWNER', 'ADMIN')
                 where f.id > ? and f.id <= ? and f.type = 'budget.threshold-reached'
                   and not exists (select from hub.notification_preferences p
                                    where p.user_id = m.user_id and p.topic = 'budget.threshold' and p.muted)
                """));
    }

    public Stretch readJobs(Connection connection, long upto) throws SQLException {
        return read(connection, "JOBS", upto, List.of("""
                insert into hub.webhook_deliveries (id, team_id, endpoint_id, event_type, event_key, payload)
                select hub.next_id(), w.team_id, w.id, t.type, 'job-' || e.id,
                       jsonb_build_object('type', t.type, 'timestamp', to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                          'data', jsonb_strip_nulls(jsonb_build_object('teamId', e.team_id, 'jobId', e.job_id, 'status', e.status,
                                                  'reason', e.reason, 'name', j.name, 'backend', j.backend_slug,
                                                  'cost', j.actual_cost::text, 'currency', j.currency)))
                  from hub.job_events e
                 cross join lateral (select 'job.' || lower(e.status) as type) t
                  join hub.webhook_endpoints w on w.team_id = e.team_id and w.is_active
                                              and (t.type = any (w.event_types) or '*' = any (w.event_types))
                  join hub.jobs j on j.id = e.job_id
                 where e.id > ? and e.id <= ? and e.status in ('COMPLETED', 'FAILED', 'CANCELLED')
                 order by e.id
                    on conflict do nothing
                """, """
                insert into hub.notifications (id, user_id, about_team, title, message, type, topic)
                select hub.next_id(), j.user_id, e.team_id, 'Job failed',
                       'The job ' || coalesce(nullif(j.name, ''), j.id::text) || ' on ' || j.backend_slug || ' failed: ' || coalesce(j.error_message, 'no reason is known'),
                       'ERROR', 'job.failed'
                  from hub.job_events e
                  join hub.jobs j on j.id = e.job_id
                 where e.id > ? and e.id <= ? and e.status = 'FAILED'
                   and not exists (select from hub.notification_preferences p
                                    where p.user_id = j.user_id and p.topic = 'job.failed' and p.muted)
                """));
    }

    /// Nobody who is at it on another server is waited for.
    private static Stretch read(Connection connection, String source, long upto, List<String> statements)
            throws SQLException {
        long from;
        try (PreparedStatement statement = connection.prepareStatement(
                "select last_id from hub.webhook_positions where source = ? for no key update skip locked")) {
            statement.setString(1, source);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Stretch.NOTHING;
                }
                from = row.getLong(1);
            }
        }
        if (from >= upto) {
            return Stretch.NOTHING;
        }
        long to = Math.min(upto, from + BATCH);
        for (String text : statements) {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                statement.setLong(1, from);
                statement.setLong(2, to);
                statement.executeUpdate();
            }
        }
        try (PreparedStatement statement =
                connection.prepareStatement("update hub.webhook_positions set last_id = ? where source = ?")) {
            statement.setLong(1, to);
            statement.setString(2, source);
            statement.executeUpdate();
        }
        return new Stretch(from, to, to < upto);
    }

    /// Something that owners and admins of a team are to be told in person.
    ///
    /// @param data a JSON object
    public record Told(UUID teamId, String type, String data) {}

    /// The entries of these types in a stretch of the feed.
    public List<Told> told(Connection connection, Stretch feed, Collection<String> types) throws SQLException {
        if (feed.upto() == feed.after()) {
            return List.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "select team_id, type, data::text"
                        + " from hub.feed_entries where id > ? and id <= ? and type = any (?) and team_id is not null order by id")) {
            statement.setLong(1, feed.after());
            statement.setLong(2, feed.upto());
            statement.setArray(3, connection.createArrayOf("text", types.toArray()));
            List<Told> told = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    told.add(new Told(rows.getObject(1, UUID.class), rows.getString(2), rows.getString(3)));
                }
            }
            return told;
        }
    }

    /// The ended jobs in a stretch of events of whose end somebody is to be told.
    public List<EndedJob> announced(Connection connection, Stretch events) throws SQLException {
        if (events.upto() == events.after()) {
            return List.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(ANNOUNCED)) {
            statement.setLong(1, events.after());
            statement.setLong(2, events.upto());
            List<EndedJob> jobs = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    jobs.add(new EndedJob(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, UUID.class),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            new Money(rows.getBigDecimal(6), Currency.getInstance(rows.getString(7)))));
                }
            }
            return jobs;
        }
    }

    /// What nobody looks for any more: ended deliveries after a month, the feed after a week, what was read in the
    /// inbox
    /// after a quarter.
    public void clean(Connection connection) throws SQLException {
        for (String text : List.of(
                "delete from hub.webhook_deliveries where status <> 'PENDING' and created_at < now() - interval '30 days'",
                "delete from hub.feed_entries where created_at < now() - interval '7 days'",
                "delete from hub.notifications where read and created_at < now() - interval '90 days'")) {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                statement.executeUpdate();
            }
        }
    }
}
