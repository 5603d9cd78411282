package dev.vpmu.generator.emit.java;

/** A condition over what generated code has at hand, and what holds then. */
public final class SpecialCase {

    private final String condition;
    private final String pattern;

    SpecialCase(String condition, String pattern) {
        this.condition = condition;
        this.pattern = pattern;
    }

    public String condition() {
        return condition;
    }

    public String pattern() {
        return pattern;
    }
}
