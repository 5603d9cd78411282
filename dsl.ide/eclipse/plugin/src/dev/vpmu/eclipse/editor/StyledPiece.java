package dev.vpmu.eclipse.editor;

/** A part of a text and what it is, as one of {@code PmuStyles}. */
record StyledPiece(int offset, int length, String style) {
}
