/// Wallets over HTTP.
@NullMarked
package org.quantumhub.billing.rest;

import org.jspecify.annotations.NullMarked;
