/// Personal teams, and who a request acts for.
@NullMarked
package org.quantumhub.team.service;

import org.jspecify.annotations.NullMarked;
