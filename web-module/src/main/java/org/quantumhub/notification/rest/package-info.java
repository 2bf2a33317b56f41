/// Notifications, webhooks and streams over HTTP.
@NullMarked
package org.quantumhub.notification.rest;

import org.jspecify.annotations.NullMarked;
