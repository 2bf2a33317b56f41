/// The kernel: words that every domain uses. Money, pages, the caller, the one exception root, and the column
/// converters.
@NullMarked
package org.quantumhub.shared;

import org.jspecify.annotations.NullMarked;
