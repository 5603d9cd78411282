package dev.vpmu.generator.emit.java;

/** A named mask. */
public final class NamedMask {

    private final String name;
    private final String value;
    private final String comment;

    NamedMask(String name, String value, String comment) {
        this.name = name;
        this.value = value;
        this.comment = comment;
    }

    public String name() {
        return name;
    }

    public String value() {
        return value;
    }

    public String comment() {
        return comment;
    }
}
