/// The hub as a whole: the rules of its architecture, and stories told over HTTP to the EAR on a real server.
@NullMarked
package org.quantumhub.system;

import org.jspecify.annotations.NullMarked;
