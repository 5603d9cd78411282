package dev.vpmu.runtime.registers;

/**
 * The way of the performance-monitoring interrupt of one logical CPU, physical or shown to a guest: the local APIC's entry LVTPC, an accepted
 * PMI on its way, and one that is there and waits to be taken. Its time is the cycles that it is told of. (SDM vol. 3, 11.5.1; domain.md §2.6.)
 */
public final class InterruptLine implements LvtEntry {

    private static final int WRITABLE = LVTPC_MASKED | 0x7FF;
    private static final long NONE = -1;

    private final boolean connected;
    private final boolean masksItself;
    private int entry;
    /** In how many cycles an accepted PMI is there; {@link #NONE} if none is on its way. */
    private long due;
    private boolean pending;

    /**
     * A line after power-on.
     *
     * @param connected whether a PMI can be raised at all
     * @param masksItself whether an accepted PMI masks LVTPC
     */
    public InterruptLine(boolean connected, boolean masksItself) {
        this.connected = connected;
        this.masksItself = masksItself;
        reset();
    }

    /** LVTPC is masked, and no PMI is anywhere. */
    public void reset() {
        entry = LVTPC_MASKED;
        due = NONE;
        pending = false;
    }

    @Override
    public int lvtpc() {
        return entry;
    }

    @Override
    public void lvtpc(int next) {
        entry = next & WRITABLE;
    }

    /** Whether a request would be accepted now. */
    public boolean isOpen() {
        return connected && (entry & LVTPC_MASKED) == 0;
    }

    /** Whether no PMI is on its way or waits, so that an accepted one has a cycle of its own. */
    public boolean isFree() {
        return due < 0 && !pending;
    }

    /** Whether a PMI is on its way. */
    public boolean isComing() {
        return due >= 0;
    }

    /** Whether a PMI is there and waits. */
    public boolean isPending() {
        return pending;
    }

    /** Accepts a request, whose PMI {@linkplain #arrives() arrives} in so many cycles; it becomes one with a PMI that is on its way or waits. */
    public void accept(long skid) {
        if (masksItself) {
            entry |= LVTPC_MASKED;
        }
        if (isFree()) {
            due = skid;
        }
    }

    /** {@code end}, or the earlier cycle before which a PMI is there, looking from cycle {@code at}. */
    public long stop(long at, long end) {
        return due < 0 || due > end - at ? end : at + due;
    }

    /** Lets time pass, not beyond {@link #stop}. */
    public void pass(long cycles) {
        if (due >= 0) {
            due -= cycles;
        }
    }

    /** Whether a PMI has just come; it waits from now on. */
    public boolean arrives() {
        if (due != 0) {
            return false;
        }
        due = NONE;
        pending = true;
        return true;
    }

    /** A PMI that is on its way is there at once. Returns how many cycles it had left; -1 if none is on its way. */
    public long hurry() {
        long left = due;
        if (due >= 0) {
            due = NONE;
            pending = true;
        }
        return left;
    }

    /** Takes the PMI that waits; whether one did. */
    public boolean take() {
        boolean taken = pending;
        pending = false;
        return taken;
    }
}
