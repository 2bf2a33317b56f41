/// Writes mails down, makes them from templates and sends them.
@NullMarked
package org.quantumhub.notification.service;

import org.jspecify.annotations.NullMarked;
