package dev.vpmu.runtime.hardware;

import dev.vpmu.runtime.registers.CpuidWords;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.registers.PmuRegisters;

/**
 * The PMU of one logical CPU as hardware: registers that software programs, counters that count the work the CPU runs, and the
 * interrupt that an overflow raises. A class for each {@code cpu} of a {@code .pmu} file extends it; here is what is the same for all.
 *
 * <p><b>Time.</b> A register access takes no time and counts nothing; work takes the cycles it says. In each cycle every counter
 * first counts; a carry out of its highest bit sets its status bit and, where its selector asks for it, requests a PMI at the end of
 * the cycle. A request finds the local APIC's entry LVTPC masked and is lost; or it is accepted: the entry masks itself on CPUs where
 * it does, what a PMI freezes is frozen from the next cycle on, and the interrupt is there {@linkplain #pmiSkid(long) skid} cycles
 * later. A request that is accepted while another is on its way, or waits to be taken, becomes one with it. (domain.md §2.6, §2.13.)
 *
 * <p>Confined to one thread, as a PMU is to its CPU.
 */
public abstract class PmuHardware implements PmuRegisters, LvtEntry {

    private static final int CANONICAL_SHIFT = 16;

    /** Whether the CPU runs with SMT on. */
    protected final boolean smt;

    /** The counters whose condition held in the last cycle, of those that look for edges. */
    protected long edges;

    /** The cycles of the core since reset, but for whole periods of its clocks. */
    protected long coreCycle;

    private final InterruptLine line;
    private final long clockPeriod;
    private final GeneralProtectionFault fault = new GeneralProtectionFault();
    private PmuHardware sibling;
    private int cpl;
    private boolean protectedMode;
    private boolean pce;

    /**
     * Hardware after power-on; the subclass resets its registers.
     *
     * @param smt whether SMT is on
     * @param interrupts whether overflows can raise a PMI at all
     * @param masksItself whether an accepted PMI masks LVTPC
     * @param clockPeriod after how many cycles of the core all its clocks are where they were
     */
    protected PmuHardware(boolean smt, boolean interrupts, boolean masksItself, long clockPeriod) {
        this.smt = smt;
        this.line = new InterruptLine(interrupts, masksItself);
        this.clockPeriod = clockPeriod;
    }

    /* ------------------------------------------------------------- of one CPU */

    /** What CPUID answers, as far as the PMU fills it. */
    public abstract CpuidWords cpuid(int leaf, int subleaf);

    /** Gives every register its reset value. */
    protected abstract void resetRegisters();

    /** The counters that ask for a PMI when they overflow, as a mask. */
    protected abstract long asking();

    /**
     * Lets the counters that count as things are do so, from the beginning of cycle {@code from} of the step to that of cycle
     * {@code to}; {@link #edges} is what it was at {@code from} and becomes what it is at {@code to}. Nothing else changes.
     *
     * @param times 1, or -1 to take back what has been counted
     * @param ofSibling whether the sibling thread runs the step
     * @return the counters that overflowed, as a mask
     */
    protected abstract long count(long times, Step step, long from, long to, boolean ofSibling);

    /**
     * The end of the first cycle of [{@code from}, {@code to}) in which one of some counters overflows; {@code to} if none does.
     *
     * @param counters counters that count
     */
    protected abstract long firstOverflow(long counters, Step step, long from, long to);

    /** Sets the status bits of counters that overflowed. */
    protected abstract void report(long overflow);

    /** Freezes what a PMI freezes. */
    protected void freeze() {
    }

    /** Whether {@link #freeze()} would now change what counts from then on. */
    protected boolean canFreeze() {
        return false;
    }

    /** Takes over what siblings share. */
    protected void copyShared(PmuHardware from) {
    }

    /* ------------------------------------------------------------- power and privilege */

    /** Power-on: every register has its reset value, LVTPC is masked, no PMI is on its way, and the CPU is in real mode. */
    public final void reset() {
        line.reset();
        cpl = 0;
        protectedMode = false;
        pce = false;
        edges = 0;
        coreCycle = 0;
        resetRegisters();
        share();
    }

    /**
     * What RDPMC asks of the CPU's state: it faults in protected mode outside ring 0 unless CR4 allows it.
     *
     * @param currentPrivilegeLevel the ring, 0 to 3; all but 0 are user mode
     * @param cr4Pce CR4.PCE: RDPMC is allowed in every ring
     * @param cr0Pe CR0.PE: protected mode
     */
    public final void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        cpl = currentPrivilegeLevel;
        pce = cr4Pce;
        protectedMode = cr0Pe;
    }

    /** Makes two threads of one core siblings: what siblings share has the first one's values. Both are of one class. */
    public static void pair(PmuHardware first, PmuHardware second) {
        if (first == second || first.getClass() != second.getClass() || first.smt != second.smt) {
            throw new IllegalArgumentException("siblings are two of one CPU in one state of SMT, not " + first + " and " + second);
        }
        if (first.sibling != null && first.sibling != second || second.sibling != null && second.sibling != first) {
            throw new IllegalStateException("one of them has another sibling already");
        }
        first.sibling = second;
        second.sibling = first;
        second.copyShared(first);
    }

    /* ------------------------------------------------------------- work */

    /**
     * Runs a step from cycle {@code from} on, until its end or until a PMI is there, whichever comes first.
     *
     * @return the cycle before which it stopped: {@link Step#cycles()} if all of it is done; the way to go on is to run the step again from there
     */
    public final long run(Step step, long from) {
        return run(step, from, step.cycles(), false);
    }

    /** As {@link #run(Step, long)}, but at most to cycle {@code to}. */
    public final long run(Step step, long from, long to) {
        return run(step, from, to, false);
    }

    /**
     * The sibling thread runs a step while this one does nothing: counters with any-thread count it, time passes for the others.
     * Stops as {@link #run(Step, long)} does.
     */
    public final long runSibling(Step step, long from) {
        return run(step, from, step.cycles(), true);
    }

    private long run(Step step, long from, long end, boolean ofSibling) {
        long at = from;
        while (at < end) {
            long to = line.stop(at, end);
            long before = edges;
            long overflow = count(1, step, at, to, ofSibling);
            long asked = 0;
            if (overflow != 0) {
                asked = line.isOpen() ? overflow & asking() : 0;
                if (asked != 0 && (line.isFree() || canFreeze())) {
                    // the PMI changes how it goes on: only up to there
                    edges = before;
                    count(-1, step, at, to, ofSibling);
                    edges = before;
                    to = firstOverflow(asked, step, at, to);
                    overflow = count(1, step, at, to, ofSibling);
                }
                report(overflow);
            }
            coreCycle += to - at;
            if (coreCycle >= Pattern.LONGEST) {
                coreCycle %= clockPeriod;
            }
            line.pass(to - at);
            at = to;
            if (asked != 0) {
                line.accept();
                freeze();
            }
            if (line.arrives()) {
                return at;
            }
        }
        return at;
    }

    /* ------------------------------------------------------------- instead of counting */

    /** Sets counters' status bits as if they had overflowed, without a PMI: for registers that a hypervisor keeps for a guest. */
    public final void overflow(long counters) {
        report(counters);
    }

    /* ------------------------------------------------------------- the interrupt */

    /** How many cycles an accepted PMI takes to be there; 0 if nothing else is said. One that is on its way already keeps its time. */
    public final void pmiSkid(long cycles) {
        line.skid(cycles);
    }

    @Override
    public final int lvtpc() {
        return line.lvtpc();
    }

    @Override
    public final void lvtpc(int entry) {
        line.lvtpc(entry);
    }

    /** Whether a PMI is there and has not been taken. */
    public final boolean pmiPending() {
        return line.isPending();
    }

    /** Takes the PMI that is there: it no longer is. Returns whether there was one. */
    public final boolean takePmi() {
        return line.take();
    }

    /* ------------------------------------------------------------- what generated code calls */

    /** To be thrown: there is no such register. */
    protected final GeneralProtectionFault noRead(int address) {
        return fault.on(GeneralProtectionFault.Access.RDMSR, address, 0);
    }

    /** To be thrown: there is no such register, it cannot be written, or it does not take the value. */
    protected final GeneralProtectionFault noWrite(int address, long value) {
        return fault.on(GeneralProtectionFault.Access.WRMSR, address, value);
    }

    /** To be thrown: there is no such counter, or the privilege level does not allow to read it. */
    protected final GeneralProtectionFault noRdpmc(int ecx) {
        return fault.on(GeneralProtectionFault.Access.RDPMC, ecx, 0);
    }

    /** {@code value}, unless it has bits outside {@code mask}. */
    protected final long checked(int address, long value, long mask) {
        if ((value & ~mask) != 0) {
            throw noWrite(address, value);
        }
        return value;
    }

    /** {@code value}, if it is a canonical address: bits 63 to 47 are alike. */
    protected final long canonical(int address, long value) {
        if (value << CANONICAL_SHIFT >> CANONICAL_SHIFT != value) {
            throw noWrite(address, value);
        }
        return value;
    }

    /** {@code word}, of a register that exists without SMT only. */
    protected final long withoutSmt(int address, long word) {
        if (smt) {
            throw noRead(address);
        }
        return word;
    }

    /** Refuses a write of a register that exists without SMT only. */
    protected final void onlyWithoutSmt(int address, long value) {
        if (smt) {
            throw noWrite(address, value);
        }
    }

    /** {@code word}, of a counter that exists without SMT only. */
    protected final long withoutSmtRdpmc(int ecx, long word) {
        if (smt) {
            throw noRdpmc(ecx);
        }
        return word;
    }

    /** The end of the first cycle of [{@code from}, {@code to}) in which more than {@code room} occurrences have been; {@code to} if there is none. */
    protected static long overflowEnd(Pattern pattern, long room, long from, long to) {
        return overflowEnd(pattern, 0, false, false, room, from, to);
    }

    /** As {@link #overflowEnd(Pattern, long, long, long)}, of what a counter with a condition adds; see {@link Pattern#overflow}. */
    protected static long overflowEnd(Pattern pattern, long condition, boolean edge, boolean before, long room, long from, long to) {
        return Math.min(pattern.overflow(condition, edge, before, room, from, to) + 1, to);
    }

    /** {@code mask} with a counter's bit set or cleared. */
    protected static long with(long mask, long counter, boolean set) {
        return set ? mask | counter : mask & ~counter;
    }

    /** Whether RDPMC is allowed. */
    protected final boolean mayRdpmc() {
        return cpl == 0 || pce || !protectedMode;
    }

    /** Whether the CPU is outside ring 0. */
    protected final boolean inUserMode() {
        return cpl != 0;
    }

    /** Tells the sibling that a register they share has changed. */
    protected final void share() {
        if (sibling != null) {
            sibling.copyShared(this);
        }
    }
}
