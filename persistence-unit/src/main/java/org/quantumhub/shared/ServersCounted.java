package org.quantumhub.shared;

/// How many servers of the installation are alive, told by each server's heartbeat to itself every few seconds.
public record ServersCounted(int alive) {}
