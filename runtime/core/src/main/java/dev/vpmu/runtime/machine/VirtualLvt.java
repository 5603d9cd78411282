package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.registers.LvtEntry;

/**
 * LVTPC of a guest's local APIC, as its hypervisor keeps it, and the way of the guest's PMI: as that of hardware, but measured in the
 * guest's own cycles. (domain.md §5.4, last row but one; trap 28.)
 */
final class VirtualLvt implements LvtEntry {

    private static final int WRITABLE = LVTPC_MASKED | 0x7FF;
    private static final long NONE = -1;

    private final boolean masksItself;
    private int entry = LVTPC_MASKED;
    /** In how many cycles of the guest's a PMI is there; {@link #NONE} if none is on its way. */
    private long due = NONE;
    private boolean pending;

    VirtualLvt(boolean masksItself) {
        this.masksItself = masksItself;
    }

    @Override
    public int lvtpc() {
        return entry;
    }

    @Override
    public void lvtpc(int next) {
        entry = next & WRITABLE;
    }

    /** Whether the guest would get a PMI. */
    boolean isOpen() {
        return (entry & LVTPC_MASKED) == 0;
    }

    /** Delivers a PMI, which is there after so many cycles of the guest's; whether the guest gets it. It becomes one with a PMI on its way, or that waits. */
    boolean deliver(long after) {
        if (!isOpen()) {
            return false;
        }
        if (masksItself) {
            entry |= LVTPC_MASKED;
        }
        if (due < 0 && !pending) {
            due = after;
            arrives();
        }
        return true;
    }

    /** {@code end}, or the earlier cycle before which a PMI is there, looking from cycle {@code at}. */
    long stop(long at, long end) {
        return due < 0 || due > end - at ? end : at + due;
    }

    /** Lets the guest's time pass; whether a PMI has come. */
    boolean pass(long cycles) {
        if (due < 0) {
            return false;
        }
        due -= cycles;
        return arrives();
    }

    /** Lets the time pass that a PMI on its way needs, while the guest waits. */
    void hurry() {
        if (due > 0) {
            due = 0;
            arrives();
        }
    }

    private boolean arrives() {
        if (due != 0) {
            return false;
        }
        due = NONE;
        pending = true;
        return true;
    }

    /** Whether a PMI is there and waits, or is on its way. */
    boolean isComing() {
        return pending || due >= 0;
    }

    boolean isPending() {
        return pending;
    }

    boolean take() {
        boolean taken = pending;
        pending = false;
        return taken;
    }

    void reset() {
        entry = LVTPC_MASKED;
        due = NONE;
        pending = false;
    }
}
