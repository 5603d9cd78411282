package dev.vpmu.generator.hardware.twin;

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
}
