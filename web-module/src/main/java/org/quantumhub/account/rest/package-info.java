/// Registration, sign-in and API keys over HTTP.
@NullMarked
package org.quantumhub.account.rest;

import org.jspecify.annotations.NullMarked;
