package org.quantumhub.load;

import java.util.Locale;
import java.util.SplittableRandom;

/// Submissions of random circuits of 3 to 10 qubits: layers of rotations with a chain of CNOTs, 1,024 shots.
final class Circuits {

    private static final int FEWEST = 3;
    private static final int MOST = 10;
    private static final int LAYERS = 3;

    private Circuits() {}

    static String submission(SplittableRandom random, boolean blocking) {
        int qubits = random.nextInt(FEWEST, MOST + 1);
        StringBuilder json = new StringBuilder(2048).append("{\"circuit\":{\"num_qubits\":" + qubits + ",\"gates\":[");
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int q = 0; q < qubits; q++) {
                json.append(String.format(
                        Locale.ROOT,
                        "{\"type\":\"RY\",\"target\":%d,\"parameter\":%.4f},",
                        q,
                        random.nextDouble(6.28)));
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
}
