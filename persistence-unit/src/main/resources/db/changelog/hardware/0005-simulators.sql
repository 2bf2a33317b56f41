--liquibase formatted sql

--changeset hub:hardware-0014-simulators splitStatements:false
--comment: What the engine has beside the state vector, each as a backend of its own, and one that chooses.
insert into hub.backends (id, slug, name, provider_id, device_type, technology_type, device_arn, provider_target_id,
                          region, qubit_count, max_qubits, max_shots, topology, status, description, tags, display_order,
                          is_recommended)
values ('01920000-0000-7000-8000-000000000102', 'hub-auto', 'Simulator by choice of the hub',
        '01920000-0000-7000-8000-000000000001', 'SIMULATOR', 'SIMULATOR', 'arn:hub:simulator:::auto', 'auto', 'local', 1024,
        1024, 1000000, '{"kind": "all-to-all"}', 'ONLINE',
        'Looks at the circuit and takes the state vector, the stabilizer tableau or the matrix product state; the result says which and why.',
        '{simulator}', 2, true),
       ('01920000-0000-7000-8000-000000000103', 'hub-density-matrix', 'Density-matrix simulator',
        '01920000-0000-7000-8000-000000000001', 'SIMULATOR', 'SIMULATOR', 'arn:hub:simulator:::density-matrix',
        'density-matrix', 'local', 14, 14, 1000000, '{"kind": "all-to-all"}', 'ONLINE',
        'Exact simulation of mixed states: noise channels of the program are followed without sampling.',
        '{simulator,exact,noise}', 3, false),
       ('01920000-0000-7000-8000-000000000104', 'hub-stabilizer', 'Stabilizer simulator',
        '01920000-0000-7000-8000-000000000001', 'SIMULATOR', 'SIMULATOR', 'arn:hub:simulator:::stabilizer', 'stabilizer',
        'local', 1024, 1024, 1000000, '{"kind": "all-to-all"}', 'ONLINE',
        'Clifford circuits of up to 1,024 qubits, with noise of Pauli operators.', '{simulator,clifford,noise}', 4, false),
       ('01920000-0000-7000-8000-000000000105', 'hub-mps', 'Matrix-product-state simulator',
        '01920000-0000-7000-8000-000000000001', 'SIMULATOR', 'SIMULATOR', 'arn:hub:simulator:::mps', 'mps', 'local', 256,
        256, 1000000, '{"kind": "all-to-all"}', 'ONLINE',
        'Circuits of up to 256 qubits that entangle little: bonds of 256 values; the result tells the weight that was cut off, and more than 0.001 is refused.',
        '{simulator}', 5, false);

insert into hub.price_versions (id, subject_kind, subject, components)
select ('01920000-0000-7000-8000-00000000100' || n)::uuid, 'BACKEND', slug,
       '{"taskFee": "0.00100000", "perSecond": "0.00050000", "minimumCost": "0.00200000"}'
  from unnest(array ['hub-auto', 'hub-density-matrix', 'hub-stabilizer', 'hub-mps']) with ordinality as s (slug, place),
       lateral (select place + 1 as n) as numbered;
--rollback alter table hub.price_versions disable trigger price_versions_keep; delete from hub.price_versions where subject in ('hub-auto', 'hub-density-matrix', 'hub-stabilizer', 'hub-mps'); alter table hub.price_versions enable trigger price_versions_keep; delete from hub.backends where slug in ('hub-auto', 'hub-density-matrix', 'hub-stabilizer', 'hub-mps');
