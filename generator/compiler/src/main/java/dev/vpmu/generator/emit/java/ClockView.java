package dev.vpmu.generator.emit.java;

/** A clock that ticks at another rate than the core's. */
public final class ClockView {

    private final String constant;
    private final String comment;
    private final long ticks;
    private final long cycles;

    ClockView(String constant, String comment, long ticks, long cycles) {
        this.constant = constant;
        this.comment = comment;
        this.ticks = ticks;
        this.cycles = cycles;
    }

    public String constant() {
        return constant;
    }

    public String comment() {
        return comment;
    }

    public long ticks() {
        return ticks;
    }

    public long cycles() {
        return cycles;
    }
}
