package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.LvtEntry;

/** A guest's program on one of the two things it runs on. What the program does is here; a subclass is what it runs on. */
abstract class Side {

    /** What a guest does with a PMI. */
    enum Handler {
        /** Stops all counters, acknowledges, reloads, opens LVTPC, and starts them. */
        FULL,
        /** Acknowledges and opens LVTPC, while the counters go on. */
        QUICK,
        /** Opens LVTPC. */
        OPENING,
        /** Nothing at all. */
        IDLE
    }

    private static final int MOST_IN_TURN = 3;

    final Journal journal = new Journal();
    /** How many cycles the guest has worked. */
    long cycles;

    private final long counters;
    private Handler handler = Handler.FULL;
    private long reload;
    private boolean open = true;
    private boolean handling;
    private int ring;
    private boolean pce;
    private boolean protectedMode;

    Side(long counters) {
        this.counters = counters;
    }

    /* ------------------------------------------------------------- what it runs on */

    abstract long readMsr(int address);

    abstract void writeMsr(int address, long value);

    abstract long readPmc(int ecx);

    abstract void retireCpuid();

    abstract void emulateBranch();

    abstract int readLvtpc();

    abstract void writeLvtpc(int entry);

    /** Works from a cycle on to another, or until something is there to be looked at; returns how far. */
    abstract long run(Step step, long from, long to);

    abstract boolean isPending();

    abstract boolean takePending();

    /** HLT; whether a PMI ends it, and otherwise another interrupt does. */
    abstract boolean waitHalted();

    abstract void powerOn();

    abstract void state(int level, boolean cr4Pce, boolean cr0Pe);

    /* ------------------------------------------------------------- what the program does */

    final void begin() {
        journal.clear();
        interrupts();
    }

    final void privilege(int level, boolean cr4Pce, boolean cr0Pe) {
        ring = level;
        pce = cr4Pce;
        protectedMode = cr0Pe;
        state(level, cr4Pce, cr0Pe);
    }

    final int ring() {
        return ring;
    }

    final void interrupts(boolean opened) {
        open = opened;
        interrupts();
    }

    final void handler(Handler next, long value) {
        handler = next;
        reload = value;
    }

    final void rdmsr(int address) {
        try {
            journal.read(readMsr(address));
        } catch (GeneralProtectionFault fault) {
            journal.faulted(address);
        }
        interrupts();
    }

    final void wrmsr(int address, long value) {
        try {
            writeMsr(address, value);
        } catch (GeneralProtectionFault fault) {
            journal.faulted(address);
        }
        interrupts();
    }

    final void rdpmc(int ecx) {
        try {
            journal.read(readPmc(ecx));
        } catch (GeneralProtectionFault fault) {
            journal.faulted(ecx);
        }
        interrupts();
    }

    final void cpuid() {
        retireCpuid();
        interrupts();
    }

    final void branch() {
        emulateBranch();
        interrupts();
    }

    final void lvtpc() {
        journal.read(readLvtpc());
    }

    final void lvtpc(int entry) {
        writeLvtpc(entry);
    }

    final void take() {
        journal.read(takePending() ? 1 : 0);
    }

    final void halt() {
        journal.woken(waitHalted());
        interrupts();
    }

    final void reset() {
        powerOn();
        ring = 0;
        pce = false;
        protectedMode = false;
    }

    /** Works; with {@code waits} only until a PMI comes. */
    final void work(Step step, long from, long to, boolean waits) {
        privilege(step.ring(), pce, protectedMode);
        boolean came = false;
        for (long at = from; at < to && !(waits && came);) {
            boolean was = isPending();
            long next = run(step, at, to);
            cycles += next - at;
            at = next;
            if (!was && isPending()) {
                came = true;
                journal.pmi(cycles);
            }
            interrupts();
        }
    }

    private void interrupts() {
        for (int i = 0; open && !handling && i < MOST_IN_TURN && takePending(); i++) {
            journal.taken(cycles);
            handling = true;
            int interrupted = ring;
            privilege(0, pce, protectedMode);
            handle();
            privilege(interrupted, pce, protectedMode);
            handling = false;
        }
    }

    private void handle() {
        if (handler == Handler.FULL || handler == Handler.QUICK) {
            long enabled = readMsr(Msr.GLOBAL_CTRL);
            if (handler == Handler.FULL) {
                writeMsr(Msr.GLOBAL_CTRL, 0);
            }
            long status = readMsr(Msr.STATUS);
            journal.read(status);
            writeMsr(Msr.OVF_CTRL, status & counters);
            for (long rest = status & counters; handler == Handler.FULL && rest != 0; rest &= rest - 1) {
                writeMsr(Msr.fullWidth(Long.numberOfTrailingZeros(rest)), reload);
            }
            writeLvtpc(LvtEntry.LVTPC_NMI);
            if (handler == Handler.FULL) {
                writeMsr(Msr.GLOBAL_CTRL, enabled);
            }
        } else if (handler == Handler.OPENING) {
            writeLvtpc(LvtEntry.LVTPC_NMI);
        }
    }
}
