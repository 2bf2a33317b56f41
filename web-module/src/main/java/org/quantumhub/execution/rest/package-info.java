/// Jobs over HTTP.
@NullMarked
package org.quantumhub.execution.rest;

import org.jspecify.annotations.NullMarked;
