package org.quantumhub.shared.service;

import org.jspecify.annotations.Nullable;

/// Where the request on this thread comes from. The door opens it and shuts it again on the same thread; work that a
/// request hands to other threads has no origin.
public final class Origin {

    private static final ThreadLocal<@Nullable Origin> HERE = new ThreadLocal<>();

    private final String address;
    private String requestId = "";

    private Origin(String address) {
        this.address = address;
    }

    /// A request from this network address is on this thread from now on.
    public static void open(String address) {
        HERE.set(new Origin(address));
    }

    /// The request has been given an id.
    public static void name(String requestId) {
        Origin origin = HERE.get();
        if (origin != null) {
            origin.requestId = requestId;
        }
    }

    public static void shut() {
        HERE.remove();
    }

    /// Empty when there is no request, or none with an id yet.
    public static String requestId() {
        Origin origin = HERE.get();
        return origin == null ? "" : origin.requestId;
    }

    /// Empty when there is no request.
    public static String address() {
        Origin origin = HERE.get();
        return origin == null ? "" : origin.address;
    }
}
