package dev.vpmu.runtime.equivalence;

import java.util.Arrays;
import java.util.Locale;

/** What a guest was told during one operation, word by word. */
final class Journal {

    private static final long READ = 1;
    private static final long FAULT = 2;
    private static final long PMI = 3;
    private static final long TAKEN = 4;
    private static final long WOKEN = 5;

    private long[] words = new long[64];
    private int size;

    void clear() {
        size = 0;
    }

    private void add(long kind, long value) {
        if (size + 2 > words.length) {
            words = Arrays.copyOf(words, 2 * words.length);
        }
        words[size++] = kind;
        words[size++] = value;
    }

    void read(long value) {
        add(READ, value);
    }

    void faulted(long address) {
        add(FAULT, address);
    }

    void pmi(long cycle) {
        add(PMI, cycle);
    }

    void taken(long cycle) {
        add(TAKEN, cycle);
    }

    void woken(boolean byPmi) {
        add(WOKEN, byPmi ? 1 : 0);
    }

    boolean isSame(Journal other) {
        return size == other.size && Arrays.equals(words, 0, size, other.words, 0, size);
    }

    int size() {
        return size / 2;
    }

    /** How often a PMI came. */
    int pmis() {
        int pmis = 0;
        for (int i = 0; i < size; i += 2) {
            pmis += words[i] == PMI ? 1 : 0;
        }
        return pmis;
    }

    /** How many accesses faulted. */
    int faults() {
        int faults = 0;
        for (int i = 0; i < size; i += 2) {
            faults += words[i] == FAULT ? 1 : 0;
        }
        return faults;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i += 2) {
            String word = switch ((int) words[i]) {
                case (int) READ -> "reads 0x%X";
                case (int) FAULT -> "#GP at 0x%X";
                case (int) PMI -> "PMI at cycle %d";
                case (int) TAKEN -> "takes it at cycle %d";
                default -> "wakes %d";
            };
            text.append(i == 0 ? "" : ", ").append(String.format(Locale.ROOT, word, words[i + 1]));
        }
        return size == 0 ? "nothing" : text.toString();
    }
}
