/// Quantum Brilliance's qcstack: a device in the installation's own rack.
@NullMarked
package org.quantumhub.hardware.qcstack.service;

import org.jspecify.annotations.NullMarked;
