/// Hardware: the catalogue of providers and backends that a job can run on, and the ways to them.
///
/// *Words*: provider, backend, device, adapter, emulator, calibration, maintenance, availability window.
/// *Invariants*: a retired device stays in the catalogue; a calibration is never corrected, because results point at
/// it;
/// an emulator imitates one device, is marked and costs nothing.
/// *Tables*: `providers`, `backends`, `backend_calibrations`, `backend_maintenances`, `emulated_tasks`.
@NullMarked
package org.quantumhub.hardware;

import org.jspecify.annotations.NullMarked;
