package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.InterruptModel;
import java.util.Optional;

/** The way of the PMI from an overflow to the CPU: the local APIC's entry LVTPC, the skid, and the interrupt that waits. */
final class InterruptLine {

    private static final int MASKED = 0x1_0000;
    private static final int WRITABLE = 0x1_07FF;
    private static final long NOTHING = -1;

    private final Optional<InterruptModel> model;
    private int lvtpc;
    private long skid;
    /** In how many cycles the PMI is there. */
    private long due;
    private boolean pending;

    InterruptLine(Optional<InterruptModel> model) {
        this.model = model;
        reset();
    }

    void reset() {
        lvtpc = MASKED;
        due = NOTHING;
        pending = false;
    }

    int lvtpc() {
        return lvtpc;
    }

    void lvtpc(int entry) {
        lvtpc = entry & WRITABLE;
    }

    void skid(long cycles) {
        if (cycles < 0) {
            throw new IllegalArgumentException("a skid of " + cycles + " cycles");
        }
        skid = cycles;
    }

    boolean isPending() {
        return pending;
    }

    boolean take() {
        boolean taken = pending;
        pending = false;
        return taken;
    }

    /** Whether a request would be accepted now. */
    boolean accepts() {
        return model.isPresent() && (lvtpc & MASKED) == 0;
    }

    /** Whether one that is accepted would become one with another. */
    boolean isOnItsWay() {
        return due != NOTHING || pending;
    }

    /** The cycle before which the PMI is there; {@code end} if that is later or never. */
    long arrival(long at, long end) {
        return due == NOTHING || due > end - at ? end : at + due;
    }

    void pass(long cycles) {
        if (due != NOTHING) {
            due -= cycles;
        }
    }

    /** A request has been accepted. */
    void accept() {
        if (model.orElseThrow().masksItself()) {
            lvtpc |= MASKED;
        }
        if (!isOnItsWay()) {
            due = skid;
        }
    }

    /** Whether the PMI is there just now, for the first time. */
    boolean arrives() {
        if (due != 0) {
            return false;
        }
        due = NOTHING;
        pending = true;
        return true;
    }
}
