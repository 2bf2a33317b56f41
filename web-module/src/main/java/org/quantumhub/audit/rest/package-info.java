/// The audit log over HTTP.
@NullMarked
package org.quantumhub.audit.rest;

import org.jspecify.annotations.NullMarked;
