/// The roll-up of usage, day by day.
@NullMarked
package org.quantumhub.analytics.batch;

import org.jspecify.annotations.NullMarked;
