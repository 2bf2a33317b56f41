/// Teams over HTTP.
@NullMarked
package org.quantumhub.team.rest;

import org.jspecify.annotations.NullMarked;
