/// Registration, sign-in and API keys.
@NullMarked
package org.quantumhub.account.service;

import org.jspecify.annotations.NullMarked;
