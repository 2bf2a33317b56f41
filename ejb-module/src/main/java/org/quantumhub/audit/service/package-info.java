/// Reading, sealing and checking the audit log.
@NullMarked
package org.quantumhub.audit.service;

import org.jspecify.annotations.NullMarked;
