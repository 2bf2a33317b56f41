--liquibase formatted sql

--changeset hub:hardware-0001-providers splitStatements:false
create table hub.providers (
    id               uuid         primary key,
    slug             varchar(50)  not null unique,
    name             varchar(100) not null,
    kind             varchar(30)  not null check (kind in ('HUB', 'AWS_BRAKET', 'IONQ', 'MARQOV', 'QUANTUM_BRILLIANCE',
                         'IBM_QUANTUM', 'AZURE_QUANTUM', 'RIGETTI_QCS', 'IQM', 'OQTOPUS', 'OTHER')),
    api_endpoint     varchar(500),
    sdk_integration  varchar(100),
    is_simulator     boolean      not null default false,
    is_available     boolean      not null default true,
    created_at       timestamptz  not null default now(),
    updated_at       timestamptz  not null default now(),
    version          bigint       not null default 1
);
grant select on hub.providers to hub_app, hub_worker, hub_reader;
--rollback drop table hub.providers;

--changeset hub:hardware-0002-backends splitStatements:false
create table hub.backends (
    id                 uuid          primary key,
    slug               varchar(100)  not null unique,
    name               varchar(150)  not null,
    provider_id        uuid          not null references hub.providers (id),
    device_type        varchar(20)   not null check (device_type in ('SIMULATOR', 'QPU')),
    technology_type    varchar(30)   not null check (technology_type in ('SUPERCONDUCTING', 'TRAPPED_ION', 'NEUTRAL_ATOM',
                           'PHOTONIC', 'SPIN_QUBIT', 'NV_DIAMOND', 'ANNEALER', 'SIMULATOR', 'OTHER')),
    device_arn         varchar(200)  not null unique,
    provider_target_id varchar(100),
    region             varchar(50),
    qubit_count        integer       not null check (qubit_count > 0),
    max_qubits         integer       not null check (max_qubits > 0),
    max_shots          integer       not null check (max_shots > 0),
    topology           jsonb         not null default '{}',
    connectivity_map   jsonb         not null default '[]',
    gate_set           text[]        not null default '{}',
    is_available       boolean       not null default true,
    status             varchar(20)   not null default 'OFFLINE'
                           check (status in ('OFFLINE', 'ONLINE', 'MAINTENANCE', 'RETIRED', 'UNKNOWN', 'DEGRADED')),
    description        varchar(1000),
    documentation_url  varchar(500),
    tags               text[]        not null default '{}',
    display_order      integer       not null default 100,
    is_recommended     boolean       not null default false,
    retired_at         timestamptz,
    created_at         timestamptz   not null default now(),
    updated_at         timestamptz   not null default now(),
    version            bigint        not null default 1,
    constraint backends_retired check ((status = 'RETIRED') = (retired_at is not null))
);
comment on table hub.backends is 'What a job can run on: the hub''s own simulators and the devices of providers.';
create index backends_topology on hub.backends using gin (topology jsonb_path_ops);
create index backends_tags on hub.backends using gin (tags);
grant select on hub.backends to hub_app, hub_worker, hub_reader;
--rollback drop table hub.backends;

--changeset hub:hardware-0003-own-simulator splitStatements:false
insert into hub.providers (id, slug, name, kind, sdk_integration, is_simulator)
values ('01920000-0000-7000-8000-000000000001', 'hub', 'Quantum Hub', 'HUB', 'quantum-engine', true);

insert into hub.backends (id, slug, name, provider_id, device_type, technology_type, device_arn, provider_target_id,
                          region, qubit_count, max_qubits, max_shots, topology, status, description, documentation_url, tags,
                          display_order, is_recommended)
values ('01920000-0000-7000-8000-000000000101', 'hub-statevector', 'State-vector simulator',
        '01920000-0000-7000-8000-000000000001', 'SIMULATOR', 'SIMULATOR', 'arn:hub:simulator:::statevector', 'statevector',
        'local', 30, 30, 1000000, '{"kind": "all-to-all"}', 'ONLINE',
        'Exact simulation of every amplitude on the hub''s own servers. All gates, any number of controls, mid-circuit measurement, seeded shots.',
        null, '{simulator,exact}', 1, true);

insert into hub.price_versions (id, subject_kind, subject, components)
values ('01920000-0000-7000-8000-000000001001', 'BACKEND', 'hub-statevector',
        '{"taskFee": "0.00100000", "perShot": "0.00000100", "minimumCost": "0.00200000"}');
--rollback alter table hub.price_versions disable trigger price_versions_keep; delete from hub.price_versions where id = '01920000-0000-7000-8000-000000001001'; alter table hub.price_versions enable trigger price_versions_keep; delete from hub.backends where slug = 'hub-statevector'; delete from hub.providers where slug = 'hub';
