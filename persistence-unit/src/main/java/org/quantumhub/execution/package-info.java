/// Execution: the life of a job from submission to result.
///
/// *Words*: job, bundle, parent, lane, claim, lease, fence, settlement. *Invariants*: the `jobs` table is the queue and
/// the truth; a
/// job is
/// worked on by whoever holds its lease, and only the holder of the highest fence may settle it; result, charge and
/// final
/// status are one transaction; every step of a job is recorded by the database itself.
/// A job for a provider has one row in `provider_tasks`, committed with its token before the first call: nothing is
/// paid for outside that the hub does not know.
/// Jobs of one bundle may share a task, a program set: the row belongs to the first and names them all.
///
/// *Tables*: `provider_tasks`, `provider_strays`, `jobs`, `job_results`, `job_events`, `job_logs`, `team_limits`,
/// `engine_calibrations`, `job_tags`, `job_transitions`, `idempotency_keys`, `servers`.
@NullMarked
package org.quantumhub.execution;

import org.jspecify.annotations.NullMarked;
