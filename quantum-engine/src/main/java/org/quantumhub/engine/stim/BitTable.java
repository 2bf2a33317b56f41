package org.quantumhub.engine.stim;

import java.util.BitSet;

/// Bits of many shots: a row for each bit of a shot, a column for each shot, 64 shots to a word.
public final class BitTable {
    private final long[][] rows;
    private final int shots;

    BitTable(int rows, int shots, int words) {
        this.rows = new long[rows][words];
        this.shots = shots;
    }

    long[] row(int bit) {
        return rows[bit];
    }

    public int shots() {
        return shots;
    }

    /// Bits of one shot.
    public int bits() {
        return rows.length;
    }

    /// One bit of one shot.
    public boolean get(int shot, int bit) {
        if (shot < 0 || shot >= shots) {
            throw new IndexOutOfBoundsException("Shot " + shot + " of " + shots);
        }
        return (rows[bit][shot >> 6] >>> shot & 1) != 0;
    }

    /// In how many shots a bit is 1.
    public int count(int bit) {
        int count = 0;
        for (int word = 0; word < shots + 63 >> 6; word++) {
            long last = shots - 64L * word;
            count += Long.bitCount(rows[bit][word] & (last >= 64 ? -1L : (1L << last) - 1));
        }
        return count;
    }

    /// How many bits are 1 in all shots together.
    public long total() {
        long total = 0;
        for (int bit = 0; bit < rows.length; bit++) {
            total += count(bit);
        }
        return total;
    }

    /// All bits of one shot.
    public BitSet shot(int shot) {
        BitSet bits = new BitSet(rows.length);
        for (int bit = 0; bit < rows.length; bit++) {
            bits.set(bit, get(shot, bit));
        }
        return bits;
    }

    /// One shot as `0` and `1`, the first bit at the left, as Stim writes it.
    public String text(int shot) {
        StringBuilder text = new StringBuilder(rows.length);
        for (int bit = 0; bit < rows.length; bit++) {
            text.append(get(shot, bit) ? '1' : '0');
        }
        return text.toString();
    }
}
