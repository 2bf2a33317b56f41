/// The simulator lane: a chunk step whose chunks are claims. A chunk reads the jobs of one claim, runs them and settles
/// them in one transaction; the next chunk begins with the next claim, after a sleep if the queue is empty.
@NullMarked
package org.quantumhub.execution.batch;

import org.jspecify.annotations.NullMarked;
