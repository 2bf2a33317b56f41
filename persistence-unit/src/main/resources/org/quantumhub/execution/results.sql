-- The results of jobs that are born with their end.
with ended as (
    select o.job_id, o.team_id, o.fence, o.shots, o.seconds, o.counts, o.memory, o.counts_id, o.memory_id, o.stored::jsonb as stored,
           o.first, o.last
      from unnest(?::uuid[], ?::uuid[], ?::int[], ?::int[], ?::numeric[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[],
                  ?::int[], ?::int[])
           as o (job_id, team_id, fence, shots, seconds, counts, memory, counts_id, memory_id, stored, first, last)
)
insert into hub.job_results (id, team_id, job_id, result_type, result_data, primary_result, shots, quantum_time_seconds, fence,
                             storage_path, size_bytes, digest, counts, probabilities)
select e.counts_id, e.team_id, e.job_id, 'COUNTS', e.counts::jsonb, true, e.shots, e.seconds, e.fence,
       e.stored #>> '{COUNTS,path}', (e.stored #>> '{COUNTS,size}')::bigint, decode(e.stored #>> '{COUNTS,digest}', 'hex'),
       (?::integer[])[e.first:e.last], (?::double precision[])[e.first:e.last]
  from ended e
 where e.counts is not null or jsonb_exists(e.stored, 'COUNTS')
union all
select e.memory_id, e.team_id, e.job_id, 'MEMORY', e.memory::jsonb, false, e.shots, e.seconds, e.fence,
       e.stored #>> '{MEMORY,path}', (e.stored #>> '{MEMORY,size}')::bigint, decode(e.stored #>> '{MEMORY,digest}', 'hex'), null, null
  from ended e
 where e.memory is not null or jsonb_exists(e.stored, 'MEMORY')
