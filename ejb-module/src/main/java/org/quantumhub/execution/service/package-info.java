/// Submission, lanes and settlement.
@NullMarked
package org.quantumhub.execution.service;

import org.jspecify.annotations.NullMarked;
