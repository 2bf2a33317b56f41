@NullMarked
package org.quantumhub.launch;

import org.jspecify.annotations.NullMarked;
