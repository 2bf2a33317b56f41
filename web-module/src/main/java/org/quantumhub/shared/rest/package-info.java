/// The door: request ids, authentication, JSON, problems, health.
@NullMarked
package org.quantumhub.shared.rest;

import org.jspecify.annotations.NullMarked;
