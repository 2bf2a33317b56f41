/// Simulators behind one interface, and the slow reference that all of them are checked against.
@NullMarked
package org.quantumhub.engine.simulator;

import org.jspecify.annotations.NullMarked;
