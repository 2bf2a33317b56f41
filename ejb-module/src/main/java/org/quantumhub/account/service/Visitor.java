package org.quantumhub.account.service;

import org.jspecify.annotations.Nullable;

/// Where a request comes from.
///
/// @param address the client's network address, behind a trusted proxy the one that the proxy tells
/// @param agent what the client says it is
public record Visitor(String address, @Nullable String agent) {}
