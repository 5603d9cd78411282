package dev.vpmu.runtime.hardware;

import dev.vpmu.runtime.registers.LvtEntry;

/**
 * The way of the performance-monitoring interrupt of one logical CPU: the local APIC's entry LVTPC, an accepted PMI on its way, and one
 * that is there and waits to be taken. (SDM vol. 3, 11.5.1; domain.md §2.6.)
 */
final class InterruptLine {

    private static final int WRITABLE = LvtEntry.LVTPC_MASKED | 0x7FF;
    private static final long NONE = -1;

    private final boolean connected;
    private final boolean masksItself;
    private int lvtpc;
    private long skid;
    /** In how many cycles an accepted PMI is there; {@link #NONE} if none is on its way. */
    private long due;
    private boolean pending;

    /**
     * A line after power-on.
     *
     * @param connected whether a PMI can be raised at all
     * @param masksItself whether an accepted PMI masks LVTPC
     */
    InterruptLine(boolean connected, boolean masksItself) {
        this.connected = connected;
        this.masksItself = masksItself;
        reset();
    }

    /** LVTPC is masked, and no PMI is anywhere; the skid stays. */
    void reset() {
        lvtpc = LvtEntry.LVTPC_MASKED;
        due = NONE;
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

    long skid() {
        return skid;
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
    boolean isOpen() {
        return connected && (lvtpc & LvtEntry.LVTPC_MASKED) == 0;
    }

    /** Whether no PMI is on its way or waits, so that an accepted one has a cycle of its own. */
    boolean isFree() {
        return due < 0 && !pending;
    }

    /** {@code end}, or the earlier cycle before which a PMI is there, looking from cycle {@code at}. */
    long stop(long at, long end) {
        return due < 0 || due > end - at ? end : at + due;
    }

    /** Lets time pass. */
    void pass(long cycles) {
        if (due >= 0) {
            due -= cycles;
        }
    }

    /** Accepts a request; it becomes one with a PMI that is on its way or waits. */
    void accept() {
        if (masksItself) {
            lvtpc |= LvtEntry.LVTPC_MASKED;
        }
        if (isFree()) {
            due = skid;
        }
    }

    boolean isComing() {
        return due >= 0;
    }

    /** A PMI that is on its way is there at once. Returns how many cycles it had left; {@link #NONE} if none is on its way. */
    long hurry() {
        long left = due;
        if (due >= 0) {
            due = NONE;
            pending = true;
        }
        return left;
    }

    /** Whether a PMI has just come. */
    boolean arrives() {
        if (due != 0) {
            return false;
        }
        due = NONE;
        pending = true;
        return true;
    }
}
