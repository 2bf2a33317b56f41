/// The catalogue of backends.
@NullMarked
package org.quantumhub.hardware.service;

import org.jspecify.annotations.NullMarked;
