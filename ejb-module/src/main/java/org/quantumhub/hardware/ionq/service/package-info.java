/// IonQ by its own interface, version 0.4.
@NullMarked
package org.quantumhub.hardware.ionq.service;

import org.jspecify.annotations.NullMarked;
