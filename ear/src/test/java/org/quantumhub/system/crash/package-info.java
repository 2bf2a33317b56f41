/// What is put into a build of the hub so that it dies at named points. It exists in the test tree alone.
@NullMarked
package org.quantumhub.system.crash;

import org.jspecify.annotations.NullMarked;
