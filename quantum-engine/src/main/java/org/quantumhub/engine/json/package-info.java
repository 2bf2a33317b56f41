/// Circuits as JSON, read by a strict reader that knows the line and column of everything it meets.
@NullMarked
package org.quantumhub.engine.json;

import org.jspecify.annotations.NullMarked;
