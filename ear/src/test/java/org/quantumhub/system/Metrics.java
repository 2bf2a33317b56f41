package org.quantumhub.system;

/// Numbers in Prometheus form.
final class Metrics {

    private Metrics() {}

    /// The sum over all lines of a metric, whatever their labels.
    static double of(String page, String name) {
        return page.lines()
                .filter(line ->
                        line.startsWith(name + "_total") || line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
