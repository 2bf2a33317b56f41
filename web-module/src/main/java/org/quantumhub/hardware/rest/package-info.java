/// The catalogue of backends over HTTP.
@NullMarked
package org.quantumhub.hardware.rest;

import org.jspecify.annotations.NullMarked;
