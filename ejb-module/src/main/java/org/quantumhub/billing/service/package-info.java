/// Wallets, prices and charging.
@NullMarked
package org.quantumhub.billing.service;

import org.jspecify.annotations.NullMarked;
