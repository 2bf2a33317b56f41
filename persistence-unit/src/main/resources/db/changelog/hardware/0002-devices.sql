--liquibase formatted sql

--changeset hub:hardware-0004-catalogue-columns splitStatements:false
alter table hub.providers
    add column adapter              varchar(20) check (adapter in ('ENGINE', 'EMULATOR', 'BRAKET', 'IONQ', 'QCSTACK')),
    add column poll_interval_millis integer not null default 5000 check (poll_interval_millis between 50 and 3600000),
    add column refreshed_at         timestamptz,
    add column refresh_error        varchar(500);
comment on column hub.providers.adapter is 'How jobs get there; null: the hub knows the provider and cannot send jobs to it.';
update hub.providers set adapter = 'ENGINE' where slug = 'hub';

alter table hub.backends
    add column lane                 varchar(20)   not null default 'ENGINE' check (lane in ('ENGINE', 'PROVIDER')),
    add column emulates             varchar(100)  references hub.backends (slug),
    add column paradigm             varchar(20)   not null default 'GATE' check (paradigm in ('GATE', 'ANALOG')),
    add column min_shots            integer       not null default 1 check (min_shots > 0),
    add column availability_windows jsonb         not null default '[]' check (jsonb_typeof(availability_windows) = 'array'),
    add column queue_depth          integer       check (queue_depth >= 0),
    add column average_queue_time   integer       check (average_queue_time >= 0),
    add column cost_per_hour        numeric(10,2) check (cost_per_hour >= 0),
    add column poll_interval_millis integer       check (poll_interval_millis between 50 and 3600000),
    add column capabilities         jsonb,
    add column learned_at           timestamptz,
    add constraint backends_shots check (min_shots <= max_shots),
    add constraint backends_emulated check (emulates is null or lane = 'PROVIDER');
comment on column hub.backends.lane is 'Who works on its jobs: the hub''s simulators, or a provider that is asked again and again.';
comment on column hub.backends.emulates is 'The device whose gates, topology, limits and noise this one has; it is the hub''s own and costs nothing.';
comment on column hub.backends.availability_windows is 'When the device works, [{"day", "from", "to"}] in UTC; empty: always.';
comment on column hub.backends.average_queue_time is 'minutes';
create index backends_emulates on hub.backends (emulates) where emulates is not null;
grant update (status, queue_depth, average_queue_time, capabilities, learned_at, availability_windows, qubit_count, max_qubits,
              max_shots, min_shots, topology, connectivity_map, gate_set, retired_at, poll_interval_millis, updated_at, version, is_available)
   on hub.backends to hub_worker;
grant insert on hub.backends to hub_worker;
grant update (refreshed_at, refresh_error, updated_at, version) on hub.providers to hub_worker;
--rollback revoke update (refreshed_at, refresh_error, updated_at, version) on hub.providers from hub_worker; revoke insert on hub.backends from hub_worker; revoke update (status, queue_depth, average_queue_time, capabilities, learned_at, availability_windows, qubit_count, max_qubits, max_shots, min_shots, topology, connectivity_map, gate_set, retired_at, poll_interval_millis, updated_at, version, is_available) on hub.backends from hub_worker; alter table hub.backends drop column lane, drop column emulates, drop column paradigm, drop column min_shots, drop column availability_windows, drop column queue_depth, drop column average_queue_time, drop column cost_per_hour, drop column poll_interval_millis, drop column capabilities, drop column learned_at; alter table hub.providers drop column adapter, drop column poll_interval_millis, drop column refreshed_at, drop column refresh_error;

--changeset hub:hardware-0005-calibrations splitStatements:false
create table hub.backend_calibrations (
    id         uuid        primary key,
    backend_id uuid        not null references hub.backends (id),
    valid_from timestamptz not null,
    document   jsonb       not null check (jsonb_typeof(document) = 'object'),
    digest     varchar(64) not null check (digest ~ '^[0-9a-f]{64}$'),
    created_at timestamptz not null default now(),
    constraint backend_calibrations_once unique (backend_id, valid_from)
);
comment on table hub.backend_calibrations is 'What was measured of a device, and from when on; each is valid until the next. Never corrected: results point at them.';
create trigger backend_calibrations_append_only before update or delete on hub.backend_calibrations
    for each row execute function hub.refuse_change();
create trigger backend_calibrations_no_truncate before truncate on hub.backend_calibrations
    for each statement execute function hub.refuse_change();
grant select on hub.backend_calibrations to hub_app, hub_reader;
grant select, insert on hub.backend_calibrations to hub_worker;
--rollback drop table hub.backend_calibrations;

--changeset hub:hardware-0006-maintenances splitStatements:false
create table hub.backend_maintenances (
    id           uuid          primary key,
    backend_id   uuid          not null references hub.backends (id),
    starts_at    timestamptz   not null,
    ends_at      timestamptz   not null,
    announcement varchar(1000) not null check (announcement <> ''),
    announced_by uuid          not null references hub.users (id),
    cancelled_at timestamptz,
    created_at   timestamptz   not null default now(),
    updated_at   timestamptz   not null default now(),
    version      bigint        not null default 1,
    constraint backend_maintenances_period check (ends_at > starts_at)
);
comment on table hub.backend_maintenances is 'Times in which a device takes no jobs, announced before they come.';
create index backend_maintenances_backend on hub.backend_maintenances (backend_id, ends_at);
create index backend_maintenances_user on hub.backend_maintenances (announced_by);
grant select, insert on hub.backend_maintenances to hub_app;
grant update (cancelled_at, ends_at, updated_at, version) on hub.backend_maintenances to hub_app;
grant select on hub.backend_maintenances to hub_worker, hub_reader;
--rollback drop table hub.backend_maintenances;

--changeset hub:hardware-0007-devices splitStatements:false
insert into hub.providers (id, slug, name, kind, api_endpoint, sdk_integration, adapter, poll_interval_millis, is_simulator)
values ('01920000-0000-7000-8000-000000000002', 'amazon-braket', 'Amazon Braket', 'AWS_BRAKET', 'https://braket.us-east-1.amazonaws.com', 'aws-sdk-java-v2', 'BRAKET', 5000, false),
       ('01920000-0000-7000-8000-000000000003', 'ionq', 'IonQ', 'IONQ', 'https://api.ionq.co/v0.4', 'ionq-v0.4', 'IONQ', 5000, false),
       ('01920000-0000-7000-8000-000000000004', 'quantum-brilliance', 'Quantum Brilliance', 'QUANTUM_BRILLIANCE', null, 'qcstack', 'QCSTACK', 2000, false),
       ('01920000-0000-7000-8000-000000000005', 'marqov', 'Marqov', 'MARQOV', null, 'quantum-engine', 'ENGINE', 5000, true),
       ('01920000-0000-7000-8000-000000000006', 'hub-emulator', 'Quantum Hub emulators', 'HUB', null, 'quantum-engine', 'EMULATOR', 500, true);

insert into hub.backends (id, slug, name, provider_id, device_type, technology_type, device_arn, provider_target_id, region, qubit_count, max_qubits, max_shots, min_shots, topology, connectivity_map, gate_set, status, description, documentation_url, tags, retired_at, display_order, is_recommended, availability_windows, lane, emulates, paradigm, cost_per_hour)
values ('01920000-0000-7000-8000-000000000200', 'sv1', 'Amazon SV1', '01920000-0000-7000-8000-000000000002', 'SIMULATOR', 'SIMULATOR', 'arn:aws:braket:::device/quantum-simulator/amazon/sv1', 'sv1', null, 34, 34, 100000, 1, '{"kind": "all-to-all"}', '[]', '{i,h,x,y,z,s,si,t,ti,v,vi,rx,ry,rz,phaseshift,cnot,cy,cz,swap,iswap,pswap,xy,xx,yy,zz,ecr,ccnot,cswap,cphaseshift,gpi,gpi2,ms,prx}', 'ONLINE', 'State-vector simulator of Amazon Braket, up to 34 qubits.', 'https://docs.aws.amazon.com/braket/latest/developerguide/braket-devices.html', '{simulator,aws}', null, 200, false, '[]', 'PROVIDER', null, 'GATE', 4.50),
       ('01920000-0000-7000-8000-000000000201', 'dm1', 'Amazon DM1', '01920000-0000-7000-8000-000000000002', 'SIMULATOR', 'SIMULATOR', 'arn:aws:braket:::device/quantum-simulator/amazon/dm1', 'dm1', null, 17, 17, 100000, 1, '{"kind": "all-to-all"}', '[]', '{i,h,x,y,z,s,si,t,ti,v,vi,rx,ry,rz,phaseshift,cnot,cy,cz,swap,iswap,pswap,xy,xx,yy,zz,ecr,ccnot,cswap,cphaseshift,gpi,gpi2,ms,prx}', 'ONLINE', 'Density-matrix simulator of Amazon Braket with noise, up to 17 qubits.', 'https://docs.aws.amazon.com/braket/latest/developerguide/braket-devices.html', '{simulator,noise,aws}', null, 201, false, '[]', 'PROVIDER', null, 'GATE', 4.50),
       ('01920000-0000-7000-8000-000000000202', 'tn1', 'Amazon TN1', '01920000-0000-7000-8000-000000000002', 'SIMULATOR', 'SIMULATOR', 'arn:aws:braket:::device/quantum-simulator/amazon/tn1', 'tn1', null, 50, 50, 1000, 1, '{"kind": "all-to-all"}', '[]', '{i,h,x,y,z,s,si,t,ti,v,vi,rx,ry,rz,phaseshift,cnot,cy,cz,swap,iswap,pswap,xy,xx,yy,zz,ecr,ccnot,cswap,cphaseshift,gpi,gpi2,ms,prx}', 'RETIRED', 'Tensor-network simulator of Amazon Braket; retired in June 2026.', null, '{simulator,aws,retired}', '2026-06-26T00:00:00Z', 290, false, '[]', 'PROVIDER', null, 'GATE', 16.50),
       ('01920000-0000-7000-8000-000000000203', 'ionq-aria-1', 'IonQ Aria 1', '01920000-0000-7000-8000-000000000002', 'QPU', 'TRAPPED_ION', 'arn:aws:braket:us-east-1::device/qpu/ionq/Aria-1', 'Aria-1', 'us-east-1', 25, 25, 5000, 1, '{"kind": "all-to-all"}', '[]', '{gpi,gpi2,ms}', 'RETIRED', 'Trapped-ion device of 25 qubits; retired at Amazon Braket.', null, '{qpu,aws,retired}', '2026-03-02T00:00:00Z', 291, false, '[]', 'PROVIDER', null, 'GATE', null),
       ('01920000-0000-7000-8000-000000000204', 'ionq-aria-2', 'IonQ Aria 2', '01920000-0000-7000-8000-000000000002', 'QPU', 'TRAPPED_ION', 'arn:aws:braket:us-east-1::device/qpu/ionq/Aria-2', 'Aria-2', 'us-east-1', 25, 25, 5000, 1, '{"kind": "all-to-all"}', '[]', '{gpi,gpi2,ms}', 'RETIRED', 'Trapped-ion device of 25 qubits; retired at Amazon Braket.', null, '{qpu,aws,retired}', '2026-03-02T00:00:00Z', 292, false, '[]', 'PROVIDER', null, 'GATE', null),
       ('01920000-0000-7000-8000-000000000205', 'ionq-forte-1', 'IonQ Forte 1', '01920000-0000-7000-8000-000000000002', 'QPU', 'TRAPPED_ION', 'arn:aws:braket:us-east-1::device/qpu/ionq/Forte-1', 'Forte-1', 'us-east-1', 36, 36, 5000, 100, '{"kind": "all-to-all"}', '[]', '{gpi,gpi2,zz}', 'ONLINE', 'Trapped-ion device of 36 qubits, every one connected with every other.', 'https://ionq.com/quantum-systems/forte', '{qpu,aws}', null, 210, true, '[{"day": "EVERYDAY", "from": "00:00:00", "to": "23:59:59"}]', 'PROVIDER', null, 'GATE', null),
       ('01920000-0000-7000-8000-000000000206', 'rigetti-ankaa-2', 'Rigetti Ankaa-2', '01920000-0000-7000-8000-000000000002', 'QPU', 'SUPERCONDUCTING', 'arn:aws:braket:us-west-1::device/qpu/rigetti/Ankaa-2', 'Ankaa-2', 'us-west-1', 84, 84, 50000, 10, '{"kind": "square-lattice"}', '[[0,1],[0,12],[1,2],[1,13],[2,3],[2,14],[3,4],[3,15],[4,5],[4,16],[5,6],[5,17],[6,7],[6,18],[7,8],[7,19],[8,9],[8,20],[9,10],[9,21],[10,11],[10,22],[11,23],[12,13],[12,24],[13,14],[13,25],[14,15],[14,26],[15,16],[15,27],[16,17],[16,28],[17,18],[17,29],[18,19],[18,30],[19,20],[19,31],[20,21],[20,32],[21,22],[21,33],[22,23],[22,34],[23,35],[24,25],[24,36],[25,26],[25,37],[26,27],[26,38],[27,28],[27,39],[28,29],[28,40],[29,30],[29,41],[30,31],[30,42],[31,32],[31,43],[32,33],[32,44],[33,34],[33,45],[34,35],[34,46],[35,47],[36,37],[36,48],[37,38],[37,49],[38,39],[38,50],[39,40],[39,51],[40,41],[40,52],[41,42],[41,53],[42,43],[42,54],[43,44],[43,55],[44,45],[44,56],[45,46],[45,57],[46,47],[46,58],[47,59],[48,49],[48,60],[49,50],[49,61],[50,51],[50,62],[51,52],[51,63],[52,53],[52,64],[53,54],[53,65],[54,55],[54,66],[55,56],[55,67],[56,57],[56,68],[57,58],[57,69],[58,59],[58,70],[59,71],[60,61],[60,72],[61,62],[61,73],[62,63],[62,74],[63,64],[63,75],[64,65],[64,76],[65,66],[65,77],[66,67],[66,78],[67,68],[67,79],[68,69],[68,80],[69,70],[69,81],[70,71],[70,82],[71,83],[72,73],[73,74],[74,75],[75,76],[76,77],[77,78],[78,79],[79,80],[80,81],[81,82],[82,83]]', '{rx,rz,iswap}', 'RETIRED', 'Superconducting device of 84 qubits; retired at Amazon Braket.', null, '{qpu,aws,retired}', '2026-03-02T00:00:00Z', 293, false, '[]', 'PROVIDER', null, 'GATE', null),
       ('01920000-0000-7000-8000-000000000207', 'rigetti-ankaa-3', 'Rigetti Ankaa-3', '01920000-0000-7000-8000-000000000002', 'QPU', 'SUPERCONDUCTING', 'arn:aws:braket:us-west-1::device/qpu/rigetti/Ankaa-3', 'Ankaa-3', 'us-west-1', 82, 82, 50000, 10, '{"kind": "square-lattice"}', '[[0,1],[0,12],[1,2],[1,13],[2,3],[2,14],[3,4],[3,15],[4,5],[4,16],[5,6],[5,17],[6,7],[6,18],[7,8],[7,19],[8,9],[8,20],[9,10],[9,21],[10,11],[10,22],[11,23],[12,13],[12,24],[13,14],[13,25],[14,15],[14,26],[15,16],[15,27],[16,17],[16,28],[17,18],[17,29],[18,19],[18,30],[19,20],[19,31],[20,21],[20,32],[21,22],[21,33],[22,23],[22,34],[23,35],[24,25],[24,36],[25,26],[25,37],[26,27],[26,38],[27,28],[27,39],[28,29],[28,40],[29,30],[29,41],[30,31],[31,32],[31,42],[32,33],[32,43],[33,34],[33,44],[34,35],[34,45],[35,46],[36,37],[37,38],[37,47],[38,39],[38,48],[39,40],[39,49],[40,41],[40,50],[41,51],[42,43],[42,53],[43,44],[43,54],[44,45],[44,55],[45,46],[45,56],[46,57],[47,48],[47,59],[48,49],[48,60],[49,50],[49,61],[50,51],[50,62],[51,52],[51,63],[52,53],[52,64],[53,54],[53,65],[54,55],[54,66],[55,56],[55,67],[56,57],[56,68],[57,69],[58,59],[58,70],[59,60],[59,71],[60,61],[60,72],[61,62],[61,73],[62,63],[62,74],[63,64],[63,75],[64,65],[64,76],[65,66],[65,77],[66,67],[66,78],[67,68],[67,79],[68,69],[68,80],[69,81],[70,71],[71,72],[72,73],[73,74],[74,75],[75,76],[76,77],[77,78],[78,79],[79,80],[80,81]]', '{rx,rz,iswap}', 'RETIRED', 'Superconducting device of 82 qubits; retired at Amazon Braket in April 2026.', null, '{qpu,aws,retired}', '2026-04-20T00:00:00Z', 294, false, '[]', 'PROVIDER', null, 'GATE', null),
       ('01920000-0000-7000-8000-000000000208', 'iqm-garnet', 'IQM Garnet', '01920000-0000-7000-8000-000000000002', 'QPU', 'SUPERCONDUCTING', 'arn:aws:braket:eu-north-1::device/qpu/iqm/Garnet', 'Garnet', 'eu-north-1', 20, 20, 20000, 1, '{"kind": "square-lattice"}', '[[1,2],[1,4],[2,5],[3,4],[3,8],[4,5],[4,9],[5,6],[5,10],[6,7],[6,11],[7,12],[8,9],[8,13],[9,10],[9,14],[10,11],[10,15],[11,12],[11,16],[12,17],[13,14],[14,15],[14,18],[15,16],[15,19],[16,17],[16,20],[18,19],[19,20]]', '{cz,prx}', 'ONLINE', 'Superconducting device of 20 qubits in Espoo, Finland.', 'https://www.iqmacademy.com/qpu/', '{qpu,aws}', null, 211, true, '[{"day": "WEEKDAYS", "from": "00:00:00", "to": "01:29:59"}, {"day": "WEEKDAYS", "from": "03:15:00", "to": "15:29:59"}, {"day": "WEEKDAYS", "from": "17:15:00", "to": "23:59:59"}]', 'PROVIDER', null, 'GATE', null),
       ('01920000-0000-7000-8000-000000000209', 'iqm-emerald', 'IQM Emerald', '01920000-0000-7000-8000-000000000002', 'QPU', 'SUPERCONDUCTING', 'arn:aws:braket:eu-north-1::device/qpu/iqm/Emerald', 'Emerald', 'eu-north-1', 54, 54, 200000, 1, '{"kind": "square-lattice"}', '[[1,2],[1,10],[2,3],[2,11],[3,4],[3,12],[4,5],[4,13],[5,6],[5,14],[6,7],[6,15],[7,8],[7,16],[8,9],[8,17],[9,18],[10,11],[10,19],[11,12],[11,20],[12,13],[12,21],[13,14],[13,22],[14,15],[14,23],[15,16],[15,24],[16,17],[16,25],[17,18],[17,26],[18,27],[19,20],[19,28],[20,21],[20,29],[21,22],[21,30],[22,23],[22,31],[23,24],[23,32],[24,25],[24,33],[25,26],[25,34],[26,27],[26,35],[27,36],[28,29],[28,37],[29,30],[29,38],[30,31],[30,39],[31,32],[31,40],[32,33],[32,41],[33,34],[33,42],[34,35],[34,43],[35,36],[35,44],[36,45],[37,38],[37,46],[38,39],[38,47],[39,40],[39,48],[40,41],[40,49],[41,42],[41,50],[42,43],[42,51],[43,44],[43,52],[44,45],[44,53],[45,54],[46,47],[47,48],[48,49],[49,50],[50,51],[51,52],[52,53],[53,54]]', '{cz,prx}', 'ONLINE', 'Superconducting device of 54 qubits in Espoo, Finland. Its lattice is a plain grid here until the device has told its own.', 'https://www.iqmacademy.com/qpu/', '{qpu,aws}', null, 212, false, '[{"day": "WEEKDAYS", "from": "00:00:00", "to": "01:29:59"}, {"day": "WEEKDAYS", "from": "03:15:00", "to": "15:29:59"}, {"day": "WEEKDAYS", "from": "17:15:00", "to": "23:59:59"}]', 'PROVIDER', null, 'GATE', null),
       ('01920000-0000-7000-8000-00000000020a', 'quera-aquila', 'QuEra Aquila', '01920000-0000-7000-8000-000000000002', 'QPU', 'NEUTRAL_ATOM', 'arn:aws:braket:us-east-1::device/qpu/quera/Aquila', 'Aquila', 'us-east-1', 256, 256, 1000, 1, '{"kind": "programmable"}', '[]', '{}', 'ONLINE', 'Analog device of up to 256 neutral atoms at places of your choice.', 'https://www.quera.com/aquila', '{qpu,aws,analog}', null, 213, false, '[{"day": "EVERYDAY", "from": "11:00:00", "to": "12:00:00"}]', 'PROVIDER', null, 'ANALOG', null),
       ('01920000-0000-7000-8000-00000000020b', 'qb-qdk', 'Quantum Brilliance QDK', '01920000-0000-7000-8000-000000000004', 'QPU', 'NV_DIAMOND', 'arn:hub:qpu:::quantum-brilliance/qdk', 'qdk', null, 2, 2, 10000, 1, '{"kind": "line"}', '[[0,1]]', '{rx,ry,rz,cz}', 'OFFLINE', 'Diamond device of two qubits at room temperature in your own rack; its address is set by the installation.', 'https://quantumbrilliance.com', '{qpu,on-premise}', null, 220, false, '[]', 'PROVIDER', null, 'GATE', null),
       ('01920000-0000-7000-8000-00000000020c', 'marqov-simulator', 'Marqov simulator', '01920000-0000-7000-8000-000000000005', 'SIMULATOR', 'SIMULATOR', 'arn:hub:simulator:::marqov', 'marqov', 'local', 30, 30, 1000000, 1, '{"kind": "all-to-all"}', '[]', '{}', 'ONLINE', 'The simulator that Marqov''s scripts name; it runs on the hub''s own engine.', null, '{simulator,exact,marqov}', null, 2, false, '[]', 'ENGINE', null, 'GATE', null);

insert into hub.backends (id, slug, name, provider_id, device_type, technology_type, device_arn, provider_target_id, region, qubit_count, max_qubits, max_shots, min_shots, topology, connectivity_map, gate_set, status, description, documentation_url, tags, retired_at, display_order, is_recommended, availability_windows, lane, emulates, paradigm, cost_per_hour)
values ('01920000-0000-7000-8000-00000000020d', 'ionq-aria-1-emulator', 'IonQ Aria 1 (emulated)', '01920000-0000-7000-8000-000000000006', 'QPU', 'TRAPPED_ION', 'arn:hub:emulator:::ionq-aria-1', 'Aria-1', 'local', 25, 25, 5000, 1, '{"kind": "all-to-all"}', '[]', '{gpi,gpi2,ms}', 'ONLINE', 'The hub''s own emulation of IonQ Aria 1: its gates, topology, limits, queue and noise. Costs nothing.', null, '{qpu,emulated}', null, 100, false, '[]', 'PROVIDER', 'ionq-aria-1', 'GATE', null),
       ('01920000-0000-7000-8000-00000000020e', 'ionq-aria-2-emulator', 'IonQ Aria 2 (emulated)', '01920000-0000-7000-8000-000000000006', 'QPU', 'TRAPPED_ION', 'arn:hub:emulator:::ionq-aria-2', 'Aria-2', 'local', 25, 25, 5000, 1, '{"kind": "all-to-all"}', '[]', '{gpi,gpi2,ms}', 'ONLINE', 'The hub''s own emulation of IonQ Aria 2: its gates, topology, limits, queue and noise. Costs nothing.', null, '{qpu,emulated}', null, 101, false, '[]', 'PROVIDER', 'ionq-aria-2', 'GATE', null),
       ('01920000-0000-7000-8000-00000000020f', 'ionq-forte-1-emulator', 'IonQ Forte 1 (emulated)', '01920000-0000-7000-8000-000000000006', 'QPU', 'TRAPPED_ION', 'arn:hub:emulator:::ionq-forte-1', 'Forte-1', 'local', 36, 36, 5000, 100, '{"kind": "all-to-all"}', '[]', '{gpi,gpi2,zz}', 'ONLINE', 'The hub''s own emulation of IonQ Forte 1: its gates, topology, limits, queue and noise. Costs nothing.', null, '{qpu,emulated}', null, 102, false, '[]', 'PROVIDER', 'ionq-forte-1', 'GATE', null),
       ('01920000-0000-7000-8000-000000000210', 'rigetti-ankaa-2-emulator', 'Rigetti Ankaa-2 (emulated)', '01920000-0000-7000-8000-000000000006', 'QPU', 'SUPERCONDUCTING', 'arn:hub:emulator:::rigetti-ankaa-2', 'Ankaa-2', 'local', 84, 84, 50000, 10, '{"kind": "square-lattice"}', '[[0,1],[0,12],[1,2],[1,13],[2,3],[2,14],[3,4],[3,15],[4,5],[4,16],[5,6],[5,17],[6,7],[6,18],[7,8],[7,19],[8,9],[8,20],[9,10],[9,21],[10,11],[10,22],[11,23],[12,13],[12,24],[13,14],[13,25],[14,15],[14,26],[15,16],[15,27],[16,17],[16,28],[17,18],[17,29],[18,19],[18,30],[19,20],[19,31],[20,21],[20,32],[21,22],[21,33],[22,23],[22,34],[23,35],[24,25],[24,36],[25,26],[25,37],[26,27],[26,38],[27,28],[27,39],[28,29],[28,40],[29,30],[29,41],[30,31],[30,42],[31,32],[31,43],[32,33],[32,44],[33,34],[33,45],[34,35],[34,46],[35,47],[36,37],[36,48],[37,38],[37,49],[38,39],[38,50],[39,40],[39,51],[40,41],[40,52],[41,42],[41,53],[42,43],[42,54],[43,44],[43,55],[44,45],[44,56],[45,46],[45,57],[46,47],[46,58],[47,59],[48,49],[48,60],[49,50],[49,61],[50,51],[50,62],[51,52],[51,63],[52,53],[52,64],[53,54],[53,65],[54,55],[54,66],[55,56],[55,67],[56,57],[56,68],[57,58],[57,69],[58,59],[58,70],[59,71],[60,61],[60,72],[61,62],[61,73],[62,63],[62,74],[63,64],[63,75],[64,65],[64,76],[65,66],[65,77],[66,67],[66,78],[67,68],[67,79],[68,69],[68,80],[69,70],[69,81],[70,71],[70,82],[71,83],[72,73],[73,74],[74,75],[75,76],[76,77],[77,78],[78,79],[79,80],[80,81],[81,82],[82,83]]', '{rx,rz,iswap}', 'ONLINE', 'The hub''s own emulation of Rigetti Ankaa-2: its gates, topology, limits, queue and noise. Costs nothing.', null, '{qpu,emulated}', null, 103, false, '[]', 'PROVIDER', 'rigetti-ankaa-2', 'GATE', null),
       ('01920000-0000-7000-8000-000000000211', 'rigetti-ankaa-3-emulator', 'Rigetti Ankaa-3 (emulated)', '01920000-0000-7000-8000-000000000006', 'QPU', 'SUPERCONDUCTING', 'arn:hub:emulator:::rigetti-ankaa-3', 'Ankaa-3', 'local', 82, 82, 50000, 10, '{"kind": "square-lattice"}', '[[0,1],[0,12],[1,2],[1,13],[2,3],[2,14],[3,4],[3,15],[4,5],[4,16],[5,6],[5,17],[6,7],[6,18],[7,8],[7,19],[8,9],[8,20],[9,10],[9,21],[10,11],[10,22],[11,23],[12,13],[12,24],[13,14],[13,25],[14,15],[14,26],[15,16],[15,27],[16,17],[16,28],[17,18],[17,29],[18,19],[18,30],[19,20],[19,31],[20,21],[20,32],[21,22],[21,33],[22,23],[22,34],[23,35],[24,25],[24,36],[25,26],[25,37],[26,27],[26,38],[27,28],[27,39],[28,29],[28,40],[29,30],[29,41],[30,31],[31,32],[31,42],[32,33],[32,43],[33,34],[33,44],[34,35],[34,45],[35,46],[36,37],[37,38],[37,47],[38,39],[38,48],[39,40],[39,49],[40,41],[40,50],[41,51],[42,43],[42,53],[43,44],[43,54],[44,45],[44,55],[45,46],[45,56],[46,57],[47,48],[47,59],[48,49],[48,60],[49,50],[49,61],[50,51],[50,62],[51,52],[51,63],[52,53],[52,64],[53,54],[53,65],[54,55],[54,66],[55,56],[55,67],[56,57],[56,68],[57,69],[58,59],[58,70],[59,60],[59,71],[60,61],[60,72],[61,62],[61,73],[62,63],[62,74],[63,64],[63,75],[64,65],[64,76],[65,66],[65,77],[66,67],[66,78],[67,68],[67,79],[68,69],[68,80],[69,81],[70,71],[71,72],[72,73],[73,74],[74,75],[75,76],[76,77],[77,78],[78,79],[79,80],[80,81]]', '{rx,rz,iswap}', 'ONLINE', 'The hub''s own emulation of Rigetti Ankaa-3: its gates, topology, limits, queue and noise. Costs nothing.', null, '{qpu,emulated}', null, 104, false, '[]', 'PROVIDER', 'rigetti-ankaa-3', 'GATE', null),
       ('01920000-0000-7000-8000-000000000212', 'iqm-garnet-emulator', 'IQM Garnet (emulated)', '01920000-0000-7000-8000-000000000006', 'QPU', 'SUPERCONDUCTING', 'arn:hub:emulator:::iqm-garnet', 'Garnet', 'local', 20, 20, 20000, 1, '{"kind": "square-lattice"}', '[[1,2],[1,4],[2,5],[3,4],[3,8],[4,5],[4,9],[5,6],[5,10],[6,7],[6,11],[7,12],[8,9],[8,13],[9,10],[9,14],[10,11],[10,15],[11,12],[11,16],[12,17],[13,14],[14,15],[14,18],[15,16],[15,19],[16,17],[16,20],[18,19],[19,20]]', '{cz,prx}', 'ONLINE', 'The hub''s own emulation of IQM Garnet: its gates, topology, limits, queue and noise. Costs nothing.', null, '{qpu,emulated}', null, 105, true, '[]', 'PROVIDER', 'iqm-garnet', 'GATE', null),
       ('01920000-0000-7000-8000-000000000213', 'iqm-emerald-emulator', 'IQM Emerald (emulated)', '01920000-0000-7000-8000-000000000006', 'QPU', 'SUPERCONDUCTING', 'arn:hub:emulator:::iqm-emerald', 'Emerald', 'local', 54, 54, 200000, 1, '{"kind": "square-lattice"}', '[[1,2],[1,10],[2,3],[2,11],[3,4],[3,12],[4,5],[4,13],[5,6],[5,14],[6,7],[6,15],[7,8],[7,16],[8,9],[8,17],[9,18],[10,11],[10,19],[11,12],[11,20],[12,13],[12,21],[13,14],[13,22],[14,15],[14,23],[15,16],[15,24],[16,17],[16,25],[17,18],[17,26],[18,27],[19,20],[19,28],[20,21],[20,29],[21,22],[21,30],[22,23],[22,31],[23,24],[23,32],[24,25],[24,33],[25,26],[25,34],[26,27],[26,35],[27,36],[28,29],[28,37],[29,30],[29,38],[30,31],[30,39],[31,32],[31,40],[32,33],[32,41],[33,34],[33,42],[34,35],[34,43],[35,36],[35,44],[36,45],[37,38],[37,46],[38,39],[38,47],[39,40],[39,48],[40,41],[40,49],[41,42],[41,50],[42,43],[42,51],[43,44],[43,52],[44,45],[44,53],[45,54],[46,47],[47,48],[48,49],[49,50],[50,51],[51,52],[52,53],[53,54]]', '{cz,prx}', 'ONLINE', 'The hub''s own emulation of IQM Emerald: its gates, topology, limits, queue and noise. Costs nothing.', null, '{qpu,emulated}', null, 106, false, '[]', 'PROVIDER', 'iqm-emerald', 'GATE', null),
       ('01920000-0000-7000-8000-000000000214', 'qb-qdk-emulator', 'Quantum Brilliance QDK (emulated)', '01920000-0000-7000-8000-000000000006', 'QPU', 'NV_DIAMOND', 'arn:hub:emulator:::qb-qdk', 'qdk', 'local', 2, 2, 10000, 1, '{"kind": "line"}', '[[0,1]]', '{rx,ry,rz,cz}', 'ONLINE', 'The hub''s own emulation of Quantum Brilliance QDK: its gates, topology, limits, queue and noise. Costs nothing.', null, '{qpu,emulated}', null, 107, false, '[]', 'PROVIDER', 'qb-qdk', 'GATE', null);

insert into hub.price_versions (id, subject_kind, subject, components)
values ('01920000-0000-7000-8000-000000002001', 'BACKEND', 'sv1', '{"taskFee": "0.00375", "perShot": "0", "minimumCost": "0.00375"}'),
       ('01920000-0000-7000-8000-000000002002', 'BACKEND', 'dm1', '{"taskFee": "0.00375", "perShot": "0", "minimumCost": "0.00375"}'),
       ('01920000-0000-7000-8000-000000002003', 'BACKEND', 'tn1', '{"taskFee": "0.01375", "perShot": "0", "minimumCost": "0.01375"}'),
       ('01920000-0000-7000-8000-000000002004', 'BACKEND', 'ionq-aria-1', '{"taskFee": "0.30", "perShot": "0.03", "minimumCost": "0.30"}'),
       ('01920000-0000-7000-8000-000000002005', 'BACKEND', 'ionq-aria-2', '{"taskFee": "0.30", "perShot": "0.03", "minimumCost": "0.30"}'),
       ('01920000-0000-7000-8000-000000002006', 'BACKEND', 'ionq-forte-1', '{"taskFee": "0.30", "perShot": "0.08", "minimumCost": "0.30"}'),
       ('01920000-0000-7000-8000-000000002007', 'BACKEND', 'rigetti-ankaa-2', '{"taskFee": "0.30", "perShot": "0.0009", "minimumCost": "0.30"}'),
       ('01920000-0000-7000-8000-000000002008', 'BACKEND', 'rigetti-ankaa-3', '{"taskFee": "0.30", "perShot": "0.0009", "minimumCost": "0.30"}'),
       ('01920000-0000-7000-8000-000000002009', 'BACKEND', 'iqm-garnet', '{"taskFee": "0.30", "perShot": "0.00145", "minimumCost": "0.30"}'),
       ('01920000-0000-7000-8000-00000000200a', 'BACKEND', 'iqm-emerald', '{"taskFee": "0.30", "perShot": "0.0016", "minimumCost": "0.30"}'),
       ('01920000-0000-7000-8000-00000000200b', 'BACKEND', 'quera-aquila', '{"taskFee": "0.30", "perShot": "0.01", "minimumCost": "0.30"}'),
       ('01920000-0000-7000-8000-00000000200c', 'BACKEND', 'qb-qdk', '{"taskFee": "0", "perShot": "0", "minimumCost": "0"}'),
       ('01920000-0000-7000-8000-00000000200d', 'BACKEND', 'marqov-simulator', '{"taskFee": "0.00100000", "perShot": "0.00000100", "minimumCost": "0.00200000"}'),
       ('01920000-0000-7000-8000-00000000200e', 'BACKEND', 'ionq-aria-1-emulator', '{"taskFee": "0", "perShot": "0", "minimumCost": "0"}'),
       ('01920000-0000-7000-8000-00000000200f', 'BACKEND', 'ionq-aria-2-emulator', '{"taskFee": "0", "perShot": "0", "minimumCost": "0"}'),
       ('01920000-0000-7000-8000-000000002010', 'BACKEND', 'ionq-forte-1-emulator', '{"taskFee": "0", "perShot": "0", "minimumCost": "0"}'),
       ('01920000-0000-7000-8000-000000002011', 'BACKEND', 'rigetti-ankaa-2-emulator', '{"taskFee": "0", "perShot": "0", "minimumCost": "0"}'),
       ('01920000-0000-7000-8000-000000002012', 'BACKEND', 'rigetti-ankaa-3-emulator', '{"taskFee": "0", "perShot": "0", "minimumCost": "0"}'),
       ('01920000-0000-7000-8000-000000002013', 'BACKEND', 'iqm-garnet-emulator', '{"taskFee": "0", "perShot": "0", "minimumCost": "0"}'),
       ('01920000-0000-7000-8000-000000002014', 'BACKEND', 'iqm-emerald-emulator', '{"taskFee": "0", "perShot": "0", "minimumCost": "0"}'),
       ('01920000-0000-7000-8000-000000002015', 'BACKEND', 'qb-qdk-emulator', '{"taskFee": "0", "perShot": "0", "minimumCost": "0"}');
--rollback alter table hub.price_versions disable trigger price_versions_keep; delete from hub.price_versions where subject in ('sv1', 'dm1', 'tn1', 'ionq-aria-1', 'ionq-aria-2', 'ionq-forte-1', 'rigetti-ankaa-2', 'rigetti-ankaa-3', 'iqm-garnet', 'iqm-emerald', 'quera-aquila', 'qb-qdk', 'marqov-simulator', 'ionq-aria-1-emulator', 'ionq-aria-2-emulator', 'ionq-forte-1-emulator', 'rigetti-ankaa-2-emulator', 'rigetti-ankaa-3-emulator', 'iqm-garnet-emulator', 'iqm-emerald-emulator', 'qb-qdk-emulator'); alter table hub.price_versions enable trigger price_versions_keep; delete from hub.backends where lane = 'PROVIDER' and emulates is not null; delete from hub.backends where slug in ('sv1', 'dm1', 'tn1', 'ionq-aria-1', 'ionq-aria-2', 'ionq-forte-1', 'rigetti-ankaa-2', 'rigetti-ankaa-3', 'iqm-garnet', 'iqm-emerald', 'quera-aquila', 'qb-qdk', 'marqov-simulator', 'ionq-aria-1-emulator', 'ionq-aria-2-emulator', 'ionq-forte-1-emulator', 'rigetti-ankaa-2-emulator', 'rigetti-ankaa-3-emulator', 'iqm-garnet-emulator', 'iqm-emerald-emulator', 'qb-qdk-emulator'); delete from hub.providers where slug in ('amazon-braket', 'ionq', 'quantum-brilliance', 'marqov', 'hub-emulator');

--changeset hub:hardware-0008-typical-calibrations splitStatements:false
--comment: What an emulator starts with: figures that are typical for the device. A calibration learned from the device replaces it from then on.
insert into hub.backend_calibrations (id, backend_id, valid_from, document, digest)
values ('01920000-0000-7000-8000-000000003001', '01920000-0000-7000-8000-000000000212', '2026-01-01T00:00:00Z', '{"oneQubitFidelity":0.9993,"oneQubitGateSeconds":2e-08,"readout":{"oneForZero":0.0138,"zeroForOne":0.0227},"readoutSeconds":1.5e-06,"source":"typical","t1Seconds":3.78e-05,"t2Seconds":8.46e-06,"twoQubitFidelity":0.9959,"twoQubitGateSeconds":4e-08}', '85b72bfbdd64bf47af8148ea4e9a7c43007f150c1ab5d728b470a905ae0eab6c'),
       ('01920000-0000-7000-8000-000000003002', '01920000-0000-7000-8000-000000000213', '2026-01-01T00:00:00Z', '{"oneQubitFidelity":0.9992,"oneQubitGateSeconds":2e-08,"readout":{"oneForZero":0.015,"zeroForOne":0.024},"readoutSeconds":1.5e-06,"source":"typical","t1Seconds":4.5e-05,"t2Seconds":1e-05,"twoQubitFidelity":0.9945,"twoQubitGateSeconds":4e-08}', '3f9ab1045e93fc8e4e1d579cff52d6623a53aae8986ee1231422e50c41b962ad'),
       ('01920000-0000-7000-8000-000000003003', '01920000-0000-7000-8000-00000000020d', '2026-01-01T00:00:00Z', '{"oneQubitFidelity":0.9994,"oneQubitGateSeconds":0.000135,"readout":{"oneForZero":0.0039,"zeroForOne":0.0039},"readoutSeconds":0.0003,"source":"typical","t1Seconds":100.0,"t2Seconds":1.0,"twoQubitFidelity":0.986,"twoQubitGateSeconds":0.0006}', '25eb92bacd6f76764f22347372d6d7cc473aae0fb42773d0737d541f83d97e1a'),
       ('01920000-0000-7000-8000-000000003004', '01920000-0000-7000-8000-00000000020e', '2026-01-01T00:00:00Z', '{"oneQubitFidelity":0.9994,"oneQubitGateSeconds":0.000135,"readout":{"oneForZero":0.0052,"zeroForOne":0.0052},"readoutSeconds":0.0003,"source":"typical","t1Seconds":100.0,"t2Seconds":1.0,"twoQubitFidelity":0.982,"twoQubitGateSeconds":0.0006}', '772db2b29586fd72373f0e43dbccc18f8b2717ece9b737eba800c09f42ed6c99'),
       ('01920000-0000-7000-8000-000000003005', '01920000-0000-7000-8000-00000000020f', '2026-01-01T00:00:00Z', '{"oneQubitFidelity":0.9999,"oneQubitGateSeconds":6.3e-05,"readout":{"oneForZero":0.0045,"zeroForOne":0.0045},"readoutSeconds":0.00025,"source":"typical","t1Seconds":188.0,"t2Seconds":0.95,"twoQubitFidelity":0.9925,"twoQubitGateSeconds":0.00065}', '26f24e3f53e8fa7bcbdfd72fb1c402e94bbaac613baa6439fd178799c11a59a4'),
       ('01920000-0000-7000-8000-000000003006', '01920000-0000-7000-8000-000000000210', '2026-01-01T00:00:00Z', '{"oneQubitFidelity":0.998,"oneQubitGateSeconds":4e-08,"readout":{"oneForZero":0.04,"zeroForOne":0.06},"readoutSeconds":1.6e-06,"source":"typical","t1Seconds":1.4e-05,"t2Seconds":8e-06,"twoQubitFidelity":0.975,"twoQubitGateSeconds":7e-08}', '0caaec92800b59375291cfd565054a397b3ebbd5896eccfa880daf45af9baf3f'),
       ('01920000-0000-7000-8000-000000003007', '01920000-0000-7000-8000-000000000211', '2026-01-01T00:00:00Z', '{"oneQubitFidelity":0.999,"oneQubitGateSeconds":4e-08,"readout":{"oneForZero":0.035,"zeroForOne":0.05},"readoutSeconds":1.6e-06,"source":"typical","t1Seconds":2.5e-05,"t2Seconds":1.6e-05,"twoQubitFidelity":0.99,"twoQubitGateSeconds":7e-08}', 'f5238e0be032dffbdf49e8ac4c3aea360c71ca02e5cea2c7f17360ac4187847e'),
       ('01920000-0000-7000-8000-000000003008', '01920000-0000-7000-8000-000000000214', '2026-01-01T00:00:00Z', '{"oneQubitFidelity":0.99,"oneQubitGateSeconds":1e-06,"readout":{"oneForZero":0.05,"zeroForOne":0.05},"readoutSeconds":0.001,"source":"typical","t1Seconds":0.005,"t2Seconds":0.0001,"twoQubitFidelity":0.96,"twoQubitGateSeconds":5e-06}', 'd94b1a8ca246febc0583fd46187ac71d1498eefde3c1b1ee3a81c460b3e8ea75');
--rollback alter table hub.backend_calibrations disable trigger backend_calibrations_append_only; delete from hub.backend_calibrations; alter table hub.backend_calibrations enable trigger backend_calibrations_append_only;

--changeset hub:hardware-0009-emulated-tasks splitStatements:false
create table hub.emulated_tasks (
    id           uuid          primary key,
    token        varchar(64)   not null unique,
    backend_slug varchar(100)  not null references hub.backends (slug),
    program      text          not null,
    format       varchar(20)   not null,
    shots        integer       not null check (shots > 0),
    seed         bigint        not null,
    memory       boolean       not null,
    status       varchar(20)   not null default 'QUEUED' check (status in ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    starts_at    timestamptz   not null,
    runner       uuid,
    runner_until timestamptz,
    result       jsonb,
    failure      varchar(1000),
    created_at   timestamptz   not null default now(),
    ended_at     timestamptz,
    constraint emulated_tasks_end check ((status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (ended_at is not null)),
    constraint emulated_tasks_result check ((status = 'COMPLETED') = (result is not null))
);
comment on table hub.emulated_tasks is 'What the emulated devices were given to do: their own books, as those of a provider outside would be.';
create index emulated_tasks_open on hub.emulated_tasks (starts_at) where status in ('QUEUED', 'RUNNING');
create index emulated_tasks_backend on hub.emulated_tasks (backend_slug, created_at);
grant select, insert, update on hub.emulated_tasks to hub_worker;
grant select (id, token, backend_slug, format, shots, seed, memory, status, starts_at, created_at, ended_at) on hub.emulated_tasks to hub_reader;
--rollback drop table hub.emulated_tasks;
