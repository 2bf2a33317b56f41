package org.quantumhub.engine.qasm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A type as it was written.
///
/// @param name `int`, `uint`, `float`, `angle`, `bool`, `bit`, `qubit`, `complex`, `duration` or `stretch`
/// @param size the width, null when none was given
/// @param dimensions the lengths of an array, empty for everything else
record Type(Token at, String name, @Nullable Expression size, List<Expression> dimensions) {}
