/// Emulated devices: the hub's own imitation of each device it knows, behind the same interface as the real ones.
@NullMarked
package org.quantumhub.hardware.emulated.service;

import org.jspecify.annotations.NullMarked;
