package org.quantumhub.execution;

import java.io.Serializable;
import java.util.UUID;

/// Who takes jobs: a lane of a server.
///
/// @param server one start of it, as in the register of servers
/// @param lane from 1
public record Worker(UUID server, int lane) implements Serializable {}
