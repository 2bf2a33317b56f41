/// Hardware: the catalogue of providers and backends that a job can run on. *Tables*: `providers`, `backends`.
@NullMarked
package org.quantumhub.hardware;

import org.jspecify.annotations.NullMarked;
