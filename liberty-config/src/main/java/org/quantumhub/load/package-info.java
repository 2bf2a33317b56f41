/// Load on a running hub, as its users would make it: a bounded number of connections for a bounded time, then figures.
/// One thread and a selector, so that the load takes as little as possible of the processors it shares with the hub.
@NullMarked
package org.quantumhub.load;

import org.jspecify.annotations.NullMarked;
