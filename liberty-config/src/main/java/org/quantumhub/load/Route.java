package org.quantumhub.load;

/// What a simulated user does.
enum Route {
    LIVE("GET /health/live"),
    GET("GET /jobs/{id}"),
    LIST("GET /jobs"),
    RESULT("GET /jobs/{id}/result"),
    SUBMIT("POST /jobs NON_BLOCKING"),
    BLOCKING("POST /jobs BLOCKING");

    private final String label;

    Route(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
