/// What is put into a build of the hub so that its clock is wrong. It exists in the test tree alone.
@NullMarked
package org.quantumhub.system.skew;

import org.jspecify.annotations.NullMarked;
