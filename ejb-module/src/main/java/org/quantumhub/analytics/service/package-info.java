/// Counting, rolling up, reconciling, and watching the books.
@NullMarked
package org.quantumhub.analytics.service;

import org.jspecify.annotations.NullMarked;
