/// What every service stands on: the clock, the data sources, row-level security, and writing in groups.
@NullMarked
package org.quantumhub.shared.service;

import org.jspecify.annotations.NullMarked;
