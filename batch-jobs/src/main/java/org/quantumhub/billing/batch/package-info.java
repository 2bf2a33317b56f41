/// The close of a month: teams are read in the order of their ids and billed chunk by chunk.
@NullMarked
package org.quantumhub.billing.batch;

import org.jspecify.annotations.NullMarked;
