package org.quantumhub.execution;

/// A circuit as it was submitted.
///
/// @param text circuit JSON or OpenQASM
public record Program(ProgramFormat format, String text) {}
