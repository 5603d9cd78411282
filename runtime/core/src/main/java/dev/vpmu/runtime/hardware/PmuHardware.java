package dev.vpmu.runtime.hardware;

import dev.vpmu.runtime.registers.CheckedRegisters;
import dev.vpmu.runtime.registers.CpuidWords;
import dev.vpmu.runtime.registers.InterruptLine;
import dev.vpmu.runtime.registers.LvtEntry;

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
public abstract class PmuHardware extends CheckedRegisters implements LvtEntry {

    /** The counters whose condition held in the last cycle, of those that look for edges. */
    protected long edges;

    /** The cycles of the core since reset, but for whole periods of its clocks. */
    protected long coreCycle;

    private final InterruptLine line;
    private final long clockPeriod;
    private long skid;
    private PmuHardware sibling;

    /**
     * Hardware after power-on; the subclass resets its registers.
     *
     * @param smt whether SMT is on
     * @param interrupts whether overflows can raise a PMI at all
     * @param masksItself whether an accepted PMI masks LVTPC
     * @param clockPeriod after how many cycles of the core all its clocks are where they were
     */
    protected PmuHardware(boolean smt, boolean interrupts, boolean masksItself, long clockPeriod) {
        super(smt);
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

    /* ------------------------------------------------------------- power */

    /** Power-on: every register has its reset value, LVTPC is masked, no PMI is on its way, and the CPU is in real mode. */
    public final void reset() {
        line.reset();
        privilege(0, false, false);
        edges = 0;
        coreCycle = 0;
        resetRegisters();
        share();
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
                line.accept(skid);
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

    /** Requests a PMI as a counter does that overflows and asks for one. */
    public final void requestPmi() {
        if (line.isOpen()) {
            line.accept(skid);
            freeze();
            line.arrives();
        }
    }

    /* ------------------------------------------------------------- the interrupt */

    /** How many cycles an accepted PMI takes to be there; 0 if nothing else is said. One that is on its way already keeps its time. */
    public final void pmiSkid(long cycles) {
        if (cycles < 0) {
            throw new IllegalArgumentException("a skid of " + cycles + " cycles");
        }
        skid = cycles;
    }

    /** How many cycles an accepted PMI takes to be there. */
    public final long pmiSkid() {
        return skid;
    }

    /**
     * Passes the time that a PMI on its way still needs, in which nothing runs: it is there, and waits to be taken.
     *
     * @return how many cycles it had left; -1 if none was on its way
     */
    public final long hurryPmi() {
        return line.hurry();
    }

    @Override
    public final int lvtpc() {
        return line.lvtpc();
    }

    @Override
    public final void lvtpc(int entry) {
        line.lvtpc(entry);
    }

    /** Whether an accepted PMI is on its way. */
    public final boolean isPmiComing() {
        return line.isComing();
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

    /** The end of the first cycle of [{@code from}, {@code to}) in which more than {@code room} occurrences have been; {@code to} if there is none. */
    protected static long overflowEnd(Pattern pattern, long room, long from, long to) {
        return overflowEnd(pattern, 0, false, false, room, from, to);
    }

    /** As {@link #overflowEnd(Pattern, long, long, long)}, of what a counter with a condition adds; see {@link Pattern#overflow}. */
    protected static long overflowEnd(Pattern pattern, long condition, boolean edge, boolean before, long room, long from, long to) {
        return Math.min(pattern.overflow(condition, edge, before, room, from, to) + 1, to);
    }

    /** Tells the sibling that a register they share has changed. */
    protected final void share() {
        if (sibling != null) {
            sibling.copyShared(this);
        }
    }
}
