--liquibase formatted sql

--changeset hub:hardware-0015-simulators-by-time splitStatements:false
--comment: Amazon's simulators are paid by the minute, three seconds at least, not by the task. Prices that somebody has set stay.
with ended as (
    update hub.price_versions set valid_to = now()
     where subject_kind = 'BACKEND' and subject in ('sv1', 'dm1') and plan = 'STANDARD' and valid_to is null
       and components = '{"taskFee": "0.00375", "perShot": "0", "minimumCost": "0.00375"}'
    returning subject)
insert into hub.price_versions (id, subject_kind, subject, components, valid_from)
select case subject when 'sv1' then '01920000-0000-7000-8000-000000002301'::uuid else '01920000-0000-7000-8000-000000002302' end,
       'BACKEND', subject, '{"taskFee": "0", "perShot": "0", "perSecond": "0.00125", "minimumCost": "0.00375"}', now()
  from ended;
comment on column hub.backends.learned_price is 'components of the price in US dollars, as the provider told them';
update hub.backends set learned_price = '{"taskFee": "0", "perShot": "0", "perSecond": "0.00125", "minimumCost": "0.00375"}',
       updated_at = now(), version = version + 1
 where slug in ('sv1', 'dm1') and learned_price is null;
--rollback update hub.backends set learned_price = null where slug in ('sv1', 'dm1'); alter table hub.price_versions disable trigger price_versions_keep; delete from hub.price_versions where id in ('01920000-0000-7000-8000-000000002301', '01920000-0000-7000-8000-000000002302'); update hub.price_versions p set valid_to = null where subject in ('sv1', 'dm1') and components = '{"taskFee": "0.00375", "perShot": "0", "minimumCost": "0.00375"}' and not exists (select from hub.price_versions later where later.subject = p.subject and later.valid_from >= p.valid_to); alter table hub.price_versions enable trigger price_versions_keep;
