package org.quantumhub.engine.simulator;

import java.util.Arrays;

/// Keeps the largest of many numbers with the places they came from: a heap whose top is the smallest one kept.
final class Largest {
    private final int capacity;
    private double[] values = new double[64];
    private long[] places = new long[64];
    private int size;
    private boolean overflown;

    Largest(int capacity) {
        this.capacity = capacity;
    }

    void offer(double value, long place) {
        if (size == capacity) {
            overflown = true;
            if (value > values[0]) {
                sink(value, place);
            }
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        int hole = size++;
        while (hole > 0 && values[(hole - 1) / 2] > value) {
            values[hole] = values[(hole - 1) / 2];
            places[hole] = places[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        values[hole] = value;
        places[hole] = place;
    }

    /// Replaces the top.
    private void sink(double value, long place) {
        int hole = 0;
        while (2 * hole + 1 < size) {
            int child = 2 * hole + 1;
            child += child + 1 < size && values[child + 1] < values[child] ? 1 : 0;
            if (values[child] >= value) {
                break;
            }
            values[hole] = values[child];
            places[hole] = places[child];
            hole = child;
        }
        values[hole] = value;
        places[hole] = place;
    }

    int size() {
        return size;
    }

    double value(int index) {
        return values[index];
    }

    long place(int index) {
        return places[index];
    }

    /// Whether more was offered than could be kept.
    boolean overflown() {
        return overflown;
    }
}
