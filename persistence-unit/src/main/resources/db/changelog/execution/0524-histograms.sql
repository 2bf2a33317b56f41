--liquibase formatted sql

--changeset hub:execution-0524-histograms splitStatements:false rollbackSplitStatements:false
--comment: The counts and probabilities of a dense result are lists over all outcomes instead of JSON that names each of them: a quarter of the bytes, nothing to parse and nothing to compress. Place 1 is the outcome of all zeros; what JSON would not name is 0.
alter table hub.job_results
    add column counts        integer[],
    add column probabilities double precision[],
    alter column counts set storage external,
    alter column probabilities set storage external,
    alter column counts set statistics 0,
    alter column probabilities set statistics 0,
    add constraint job_results_histogram check (
        num_nonnulls(counts, probabilities) = 0
        or (num_nonnulls(counts, probabilities, result_data) = 3 and result_type = 'COUNTS'
            and not jsonb_exists_any(result_data, array ['counts', 'probabilities'])
            and array_ndims(counts) = 1 and array_lower(counts, 1) = 1 and array_position(counts, null) is null
            and array_ndims(probabilities) = 1 and array_lower(probabilities, 1) = 1 and array_position(probabilities, null) is null
            and cardinality(counts) = cardinality(probabilities)
            and cardinality(counts) between 2 and 65536 and cardinality(counts) & (cardinality(counts) - 1) = 0));
comment on column hub.job_results.counts is 'How often each outcome was counted; place i + 1 is the outcome whose bits are the number i. Null where result_data names the outcomes.';
comment on column hub.job_results.probabilities is 'The probability of each outcome, in the same order.';
--rollback alter table hub.job_results disable trigger job_results_append_only, no force row level security; update hub.job_results r set result_data = r.result_data || (select jsonb_build_object('counts', coalesce(jsonb_object_agg(o.bits, o.count) filter (where o.count <> 0), '{}'), 'probabilities', coalesce(jsonb_object_agg(o.bits, o.probability) filter (where o.probability <> 0), '{}')) from (select right((u.place - 1)::integer::bit(32)::text, (log(2, cardinality(r.counts)))::integer) as bits, u.count, u.probability from unnest(r.counts, r.probabilities) with ordinality as u (count, probability, place)) o), counts = null, probabilities = null where r.counts is not null; alter table hub.job_results enable trigger job_results_append_only, force row level security, drop constraint job_results_histogram, drop column probabilities, drop column counts;
