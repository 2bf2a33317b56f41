/// Quantum circuits and their simulation, usable alone as a library.
@NullMarked
package org.quantumhub.engine;

import org.jspecify.annotations.NullMarked;
