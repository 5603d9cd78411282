package dev.vpmu.generator.hardware.twin;

import java.util.List;

/**
 * Some bits of a word of storage.
 *
 * @param word the word
 * @param mask the bits in place
 */
record BitsOfWord(Word word, long mask) {

    boolean isSet() {
        return word.hasAny(mask);
    }

    static boolean allSet(List<BitsOfWord> all) {
        for (BitsOfWord bits : all) {
            if (!bits.isSet()) {
                return false;
            }
        }
        return true;
    }

    static boolean anySet(List<BitsOfWord> all) {
        for (BitsOfWord bits : all) {
            if (bits.isSet()) {
                return true;
            }
        }
        return false;
    }
}
