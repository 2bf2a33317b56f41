--liquibase formatted sql

--changeset hub:hardware-0010-quantum-brilliance-gates splitStatements:false
--comment: The device turns about two axes only; it is there as soon as it has an address.
update hub.backends set gate_set = '{rx,ry,cz}' where slug in ('qb-qdk', 'qb-qdk-emulator');
update hub.backends set status = 'ONLINE' where slug = 'qb-qdk';
--rollback update hub.backends set status = 'OFFLINE' where slug = 'qb-qdk'; update hub.backends set gate_set = '{rx,ry,rz,cz}' where slug in ('qb-qdk', 'qb-qdk-emulator');

--changeset hub:hardware-0011-ionq-direct splitStatements:false
insert into hub.backends (id, slug, name, provider_id, device_type, technology_type, device_arn, provider_target_id, qubit_count,
                          max_qubits, max_shots, min_shots, topology, gate_set, status, description, documentation_url, tags,
                          display_order, lane)
values ('01920000-0000-7000-8000-000000000301', 'ionq-cloud-forte-1', 'IonQ Forte 1, direct', '01920000-0000-7000-8000-000000000003',
        'QPU', 'TRAPPED_ION', 'arn:hub:qpu:::ionq/qpu.forte-1', 'qpu.forte-1', 36, 36, 5000, 100, '{"kind": "all-to-all"}',
        '{gpi,gpi2,zz}', 'ONLINE', 'Trapped-ion device of 36 qubits, by IonQ''s own interface.',
        'https://ionq.com/quantum-systems/forte', '{qpu}', 214, 'PROVIDER'),
       ('01920000-0000-7000-8000-000000000302', 'ionq-cloud-simulator', 'IonQ simulator', '01920000-0000-7000-8000-000000000003',
        'SIMULATOR', 'SIMULATOR', 'arn:hub:qpu:::ionq/simulator', 'simulator', 29, 29, 100000, 1, '{"kind": "all-to-all"}',
        '{}', 'ONLINE', 'IonQ''s own simulator in its cloud.', 'https://docs.ionq.com', '{simulator}', 202, 'PROVIDER');

insert into hub.price_versions (id, subject_kind, subject, components)
values ('01920000-0000-7000-8000-000000003011', 'BACKEND', 'ionq-cloud-forte-1',
        '{"taskFee": "0.30", "perShot": "0.08", "minimumCost": "0.30"}'),
       ('01920000-0000-7000-8000-000000003012', 'BACKEND', 'ionq-cloud-simulator',
        '{"taskFee": "0", "perShot": "0", "minimumCost": "0"}');
--rollback alter table hub.price_versions disable trigger price_versions_keep; delete from hub.price_versions where subject in ('ionq-cloud-forte-1', 'ionq-cloud-simulator'); alter table hub.price_versions enable trigger price_versions_keep; delete from hub.backends where slug in ('ionq-cloud-forte-1', 'ionq-cloud-simulator');
