package dev.vpmu.dsl.rules.policies.leaks;

/** The pieces of state that make a counter. */
enum Piece {
    VALUE("count"), SELECTOR("selector"), ENABLE("enable bit"), STATUS("status bit");

    private final String text;

    Piece(String text) {
        this.text = text;
    }

    /** The piece in a sentence: {@code selector}. */
    String text() {
        return text;
    }
}
