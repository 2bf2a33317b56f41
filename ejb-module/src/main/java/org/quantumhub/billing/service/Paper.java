package org.quantumhub.billing.service;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/// Pages of A4 that text is put on, in points from the lower left corner. New pages begin by themselves where a block
/// does
/// not fit any more, and all are numbered in the end.
final class Paper {

    private static final float BOTTOM = 70;
    private static final float LEFT = 57;
    private static final float RIGHT = 538;
    private static final Color INK = new Color(0x1c, 0x1f, 0x26);
    private static final Color GREY = new Color(0x6b, 0x72, 0x80);
    private static final Color BAND = new Color(0xee, 0xf1, 0xf5);

    private final PDDocument document;
    private final String title;
    private final PDType0Font font;
    private PDPageContentStream content;
    private float y;

    Paper(PDDocument document, String title) throws IOException {
        this.document = document;
        this.title = title;
        try (InputStream file =
                PDDocument.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")) {
            font = PDType0Font.load(document, Objects.requireNonNull(file), true);
        }
        content = page();
        y = 780;
    }

    private PDPageContentStream page() throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        return new PDPageContentStream(document, page);
    }

    float y() {
        return y;
    }

    void moveTo(float place) {
        y = place;
    }

    /// Begins a new page when a block of this height does not fit any more.
    ///
    /// @return whether there is a new page
    boolean needs(float height) throws IOException {
        if (y - height >= BOTTOM) {
            return false;
        }
        content.close();
        content = page();
        grey(LEFT, 800, 9, title);
        line(LEFT, RIGHT, 792, 0.5f);
        y = 768;
        return true;
    }

    void text(float x, float place, float size, String text) throws IOException {
        put(content, x, place, size, INK, false, text);
    }

    void grey(float x, float place, float size, String text) throws IOException {
        put(content, x, place, size, GREY, false, text);
    }

    void bold(float x, float place, float size, String text) throws IOException {
        put(content, x, place, size, INK, true, text);
    }

    /// Ends at `x`.
    void right(float x, float place, float size, String text) throws IOException {
        text(x - width(text, size), place, size, text);
    }

    void boldRight(float x, float place, float size, String text) throws IOException {
        bold(x - width(text, size), place, size, text);
    }

    void line(float from, float to, float place, float strength) throws IOException {
        content.setStrokingColor(GREY);
        content.setLineWidth(strength);
        content.moveTo(from, place);
        content.lineTo(to, place);
        content.stroke();
    }

    void band(float x, float place, float width, float height) throws IOException {
        content.setNonStrokingColor(BAND);
        content.addRect(x, place, width, height);
        content.fill();
    }

    /// Breaks a text into lines of this width, between words where that is possible.
    List<String> wrap(String text, float size, float width) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : printable(text).split(" ", -1)) {
            String more = line.isEmpty() ? word : line + " " + word;
            if (width(more, size) <= width) {
                line.setLength(0);
                line.append(more);
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            String rest = word;
            while (width(rest, size) > width) {
                int fits = rest.length();
                while (fits > 1 && width(rest.substring(0, fits), size) > width) {
                    fits--;
                }
                lines.add(rest.substring(0, fits));
                rest = rest.substring(fits);
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    /// Puts the footer and the number on every page, and closes the last one.
    void finish(String footer) throws IOException {
        content.close();
        int pages = document.getNumberOfPages();
        for (int i = 0; i < pages; i++) {
            try (PDPageContentStream last =
                    new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true)) {
                last.setStrokingColor(GREY);
                last.setLineWidth(0.5f);
                last.moveTo(LEFT, 50);
                last.lineTo(RIGHT, 50);
                last.stroke();
                put(last, LEFT, 38, 7.5f, GREY, false, footer);
                String number = "Page " + (i + 1) + " of " + pages;
                put(last, RIGHT - width(number, 7.5f), 38, 7.5f, GREY, false, number);
            }
        }
    }

    private float width(String text, float size) throws IOException {
        return font.getStringWidth(printable(text)) / 1000 * size;
    }

    /// There is one font; bold is the same with a stroke around it.
    private void put(PDPageContentStream on, float x, float place, float size, Color color, boolean bold, String text)
            throws IOException {
        on.beginText();
        on.setNonStrokingColor(color);
        on.setStrokingColor(color);
        on.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        on.setLineWidth(bold ? size / 32 : 0);
        on.setFont(font, size);
        on.newLineAtOffset(x, place);
        on.showText(printable(text));
        on.endText();
    }

    /// What the font has no sign for becomes a question mark.
    private String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            String sign = Character.toString(point);
            try {
                font.encode(sign);
                printable.append(Character.isISOControl(point) ? " " : sign);
            } catch (IOException | IllegalArgumentException missing) {
                printable.append('?');
            }
        });
        return printable.toString();
    }
}
