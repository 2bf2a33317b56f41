package org.quantumhub.execution;

import java.util.UUID;
import org.quantumhub.shared.Money;

/// A job whose settlement was accepted.
///
/// @param held what was set aside for it
/// @param cost what it costs in the end
public record Settled(UUID jobId, UUID teamId, String backendSlug, JobStatus status, Money held, Money cost) {}
