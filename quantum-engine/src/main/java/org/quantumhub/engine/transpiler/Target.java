package org.quantumhub.engine.transpiler;

/// What a circuit is to be compiled for.
public record Target(Topology topology, NativeGates gates) {}
