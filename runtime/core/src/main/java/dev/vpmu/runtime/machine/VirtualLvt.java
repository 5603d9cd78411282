package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.registers.LvtEntry;

/** LVTPC of a guest's local APIC, as its hypervisor keeps it. (domain.md §5.4, last row but one; trap 28.) */
final class VirtualLvt implements LvtEntry {

    private static final int WRITABLE = LVTPC_MASKED | 0x7FF;

    private final boolean masksItself;
    private int entry = LVTPC_MASKED;
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

    /** Delivers a PMI; whether the guest gets it. */
    boolean deliver() {
        if ((entry & LVTPC_MASKED) != 0) {
            return false;
        }
        if (masksItself) {
            entry |= LVTPC_MASKED;
        }
        pending = true;
        return true;
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
        pending = false;
    }
}
