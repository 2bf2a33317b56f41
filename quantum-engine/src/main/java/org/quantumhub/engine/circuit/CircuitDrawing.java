package org.quantumhub.engine.circuit;

import java.util.Arrays;

/// Pictures of circuits, as text and as SVG.
///
/// Qubit 0 is at the top, time runs to the right. `●` and `○` are controls, `⊕` is X, `×` swaps, `M3` measures into
/// classical bit 3, `¦` is a barrier. Conditionals and loops are shown as one box over the qubits they touch. Gates
/// without qubits (global phases) do not show.
public final class CircuitDrawing {
    private static final int ROW = 40;
    private static final int LETTER = 9;

    private CircuitDrawing() {}

    /// A picture of characters, one line for each qubit and one between each two.
    public static String text(Circuit circuit) {
        DrawingGrid grid = DrawingGrid.of(circuit);
        int qubits = circuit.qubitCount();
        int[] widths = widths(grid);
        int margin = ("q" + Math.max(0, qubits - 1) + ": ").length();
        int total = margin + Arrays.stream(widths).map(width -> width + 2).sum();
        char[][] lines = new char[Math.max(0, 2 * qubits - 1)][total];
        for (int line = 0; line < lines.length; line++) {
            Arrays.fill(lines[line], line % 2 == 0 ? '─' : ' ');
            if (line % 2 == 0) {
                Arrays.fill(lines[line], 0, margin, ' ');
                write(lines[line], 0, "q" + line / 2 + ":");
            }
        }
        for (DrawingGrid.Item item : grid.items()) {
            int start = margin + 1;
            for (int column = 0; column < item.column(); column++) {
                start += widths[column] + 2;
            }
            int middle = start + widths[item.column()] / 2;
            for (int line = 2 * item.first(); line <= 2 * item.last(); line++) {
                String label = line % 2 == 0 ? item.labels()[line / 2] : "│";
                String shown = label.isEmpty() ? "┼" : label;
                write(lines[line], middle - shown.length() / 2, shown);
            }
        }
        StringBuilder text = new StringBuilder();
        for (char[] line : lines) {
            text.append(new String(line).stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int[] widths(DrawingGrid grid) {
        int[] widths = new int[grid.columns()];
        for (DrawingGrid.Item item : grid.items()) {
            for (String label : item.labels()) {
                widths[item.column()] = Math.max(widths[item.column()], Math.max(1, label.length()));
            }
        }
        return widths;
    }

    private static void write(char[] line, int start, String text) {
        text.getChars(0, text.length(), line, start);
    }

    /// A picture for browsers: a complete SVG document without scripts, styles or outside references.
    public static String svg(Circuit circuit) {
        DrawingGrid grid = DrawingGrid.of(circuit);
        int[] widths = widths(grid);
        int[] starts = new int[widths.length + 1];
        starts[0] = 50;
        for (int column = 0; column < widths.length; column++) {
            starts[column + 1] = starts[column] + widths[column] * LETTER + 24;
        }
        int width = starts[widths.length] + 10;
        int height = Math.max(1, circuit.qubitCount()) * ROW;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
        svg.append("\" height=\"").append(height).append("\" font-family=\"monospace\" font-size=\"14\">\n");
        for (int qubit = 0; qubit < circuit.qubitCount(); qubit++) {
            int y = qubit * ROW + ROW / 2;
            line(svg, 45, y, width - 10, y);
            label(svg, 20, y, "q" + qubit);
        }
        for (DrawingGrid.Item item : grid.items()) {
            int x = (starts[item.column()] + starts[item.column() + 1]) / 2;
            if (item.first() < item.last()) {
                line(svg, x, item.first() * ROW + ROW / 2, x, item.last() * ROW + ROW / 2);
            }
            for (int qubit = item.first(); qubit <= item.last(); qubit++) {
                symbol(svg, x, qubit * ROW + ROW / 2, item.labels()[qubit]);
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static void symbol(StringBuilder svg, int x, int y, String label) {
        switch (label) {
            case "" -> {}
            case "●" -> circle(svg, x, y, 5, "black");
            case "○" -> circle(svg, x, y, 5, "white");
            case "⊕" -> {
                circle(svg, x, y, 11, "white");
                line(svg, x - 11, y, x + 11, y);
                line(svg, x, y - 11, x, y + 11);
            }
            case "×" -> {
                line(svg, x - 6, y - 6, x + 6, y + 6);
                line(svg, x - 6, y + 6, x + 6, y - 6);
            }
            default -> {
                int width = label.length() * LETTER + 10;
                svg.append("<rect x=\"").append(x - width / 2).append("\" y=\"").append(y - 14);
                svg.append("\" width=\"").append(width);
                svg.append("\" height=\"28\" fill=\"white\" stroke=\"black\"/>\n");
                label(svg, x, y, label);
            }
        }
    }

    private static void line(StringBuilder svg, int x1, int y1, int x2, int y2) {
        svg.append("<line x1=\"").append(x1).append("\" y1=\"").append(y1);
        svg.append("\" x2=\"").append(x2).append("\" y2=\"").append(y2).append("\" stroke=\"black\"/>\n");
    }

    private static void circle(StringBuilder svg, int x, int y, int radius, String fill) {
        svg.append("<circle cx=\"")
                .append(x)
                .append("\" cy=\"")
                .append(y)
                .append("\" r=\"")
                .append(radius);
        svg.append("\" fill=\"").append(fill).append("\" stroke=\"black\"/>\n");
    }

    private static void label(StringBuilder svg, int x, int y, String text) {
        svg.append("<text x=\"").append(x).append("\" y=\"").append(y + 5).append("\" text-anchor=\"middle\">");
        // Names of gates made from a matrix are the user's own.
        svg.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        svg.append("</text>\n");
    }
}
