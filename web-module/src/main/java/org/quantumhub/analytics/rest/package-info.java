/// Usage, its exports, reconciliation and the state of the books over HTTP.
@NullMarked
package org.quantumhub.analytics.rest;

import org.jspecify.annotations.NullMarked;
