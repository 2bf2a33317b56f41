package org.quantumhub.load;

import java.util.SplittableRandom;

/// Submissions of random circuits of 3 to 10 qubits: layers of rotations with a chain of CNOTs, 1,024 shots.
final class Circuits {

    private static final int FEWEST = 3;
    private static final int MOST = 10;
    private static final int LAYERS = 3;

    /// In steps of 0.0001.
    private static final int FULL_TURN = 62_832;

    private Circuits() {}

    static String submission(SplittableRandom random, boolean blocking) {
        int qubits = random.nextInt(FEWEST, MOST + 1);
        StringBuilder json = new StringBuilder(2048).append("{\"circuit\":{\"num_qubits\":" + qubits + ",\"gates\":[");
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int q = 0; q < qubits; q++) {
                json.append("{\"type\":\"RY\",\"target\":").append(q).append(",\"parameter\":");
                angle(json, random.nextInt(FULL_TURN));
                json.append("},");
            }
            for (int q = 0; q + 1 < qubits; q++) {
                json.append("{\"type\":\"CNOT\",\"control\":" + q + ",\"target\":" + (q + 1) + "},");
            }
        }
        json.setLength(json.length() - 1);
        return json.append("]},\"shots\":1024,\"seed\":" + random.nextInt(1 << 30) + ",\"tags\":[\"load\"]")
                .append(blocking ? ",\"runMode\":\"BLOCKING\"}" : "}")
                .toString();
    }

    /// Four places by hand: `String.format` took most of the time of a request.
    private static void angle(StringBuilder json, int steps) {
        json.append(steps / 10_000).append('.');
        for (int place = 1000; place > 0; place /= 10) {
            json.append((char) ('0' + steps / place % 10));
        }
    }
}
