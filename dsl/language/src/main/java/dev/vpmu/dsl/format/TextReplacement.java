package dev.vpmu.dsl.format;

/**
 * One edit of a text: {@code length} characters from {@code offset} on become {@code text}. Offsets are UTF-16 units of the text before
 * any edit.
 */
public record TextReplacement(int offset, int length, String text) {

    /** The offset behind the replaced characters. */
    public int end() {
        return offset + length;
    }
}
