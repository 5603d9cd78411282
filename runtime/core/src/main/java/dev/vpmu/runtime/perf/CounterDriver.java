package dev.vpmu.runtime.perf;

import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.registers.PmuRegisters;

/**
 * What {@link PerfCore} must know of one CPU, and does through it: which counters can hold what, how a counter is programmed, how all are
 * stopped and started, and how a PMI is handled. Generated for each {@code cpu} of a {@code .pmu} file.
 */
public abstract class CounterDriver {

    /** Trait of a row: its counters overlap others' without lying within them, so assignment may have to come back to it. */
    protected static final int OVERLAPPING = 1;
    /** Trait of a row: the sibling thread must leave the counter alone meanwhile. */
    protected static final int EXCLUSIVE = 2;
    /** Trait of a row: the event takes the next counter too. */
    protected static final int PAIRED = 4;

    /** LVTPC with delivery as an NMI, unmasked. */
    protected static final int LVTPC_NMI = LvtEntry.LVTPC_NMI;

    /** Mode: counts in rings 1 to 3. */
    protected static final int USER = 1;
    /** Mode: counts in ring 0. */
    protected static final int KERNEL = 2;
    /** Mode: asks for a PMI on overflow. */
    protected static final int INTERRUPT = 4;

    /** How often a PMI handler looks again before it gives up. */
    protected static final int MOST_LOOKS = 100;

    /** The PMU. */
    protected final PmuRegisters registers;
    /** Where its interrupt goes through. */
    protected final LvtEntry lvt;

    /**
     * A driver.
     *
     * @param registers the PMU
     * @param lvt where its interrupt goes through
     */
    protected CounterDriver(PmuRegisters registers, LvtEntry lvt) {
        this.registers = registers;
        this.lvt = lvt;
    }

    /** Whether the PMU has a register: hypervisors do not always show guests what the CPU has. */
    protected final boolean isThere(int address) {
        try {
            registers.rdmsr(address);
            return true;
        } catch (GeneralProtectionFault absent) {
            return false;
        }
    }

    /* ------------------------------------------------------------- of one CPU: constraints */

    /** The counters that the constraints allow to what a selector asks for; a global mask over both states of SMT. */
    protected abstract long allowed(long config, int precise);

    /** What else the deciding row says: {@link #OVERLAPPING}, {@link #EXCLUSIVE}, {@link #PAIRED}. */
    protected abstract int traits(long config, int precise);

    /** The selector's bits that the next counter is given beside a paired event. */
    protected long partner(long config, int precise) {
        return 0;
    }

    /** The smallest period of what a selector asks for; 0 if any will do. */
    protected abstract long leastPeriod(long config, int precise);

    /** The low bits that must be 0 in its period, as a mask. */
    protected abstract long zeroBitsOfPeriod(long config, int precise);

    /* ------------------------------------------------------------- of one CPU: extra registers */

    /** The row of the extra register that what a selector asks for needs; -1 if it needs none. Rows are numbered from 0. */
    protected int extraRow(long config) {
        return -1;
    }

    /** The number of a row's register among all extra registers, from 0. */
    protected int extraRegister(int row) {
        throw new IllegalArgumentException("no row " + row);
    }

    /** The address of a row's register. */
    protected int extraAddress(int row) {
        throw new IllegalArgumentException("no row " + row);
    }

    /** The bits that may be set in a row's register. */
    protected long extraValid(int row) {
        throw new IllegalArgumentException("no row " + row);
    }

    /** The counters that an event can use with a row's register; a global mask. */
    protected long extraCounters(int row) {
        throw new IllegalArgumentException("no row " + row);
    }

    /** A selector's bits with a row's event code and unit mask in place of its own. */
    protected long extraConfig(int row, long config) {
        throw new IllegalArgumentException("no row " + row);
    }

    /** The row to try next where rows are interchangeable, in a ring; the row itself where they are not. */
    protected int nextExtraRow(int row) {
        return row;
    }

    /** Whether sibling threads share a row's register. */
    protected boolean isExtraShared(int row) {
        return false;
    }

    /** How many extra registers there are. */
    protected int extraRegisters() {
        return 0;
    }

    /* ------------------------------------------------------------- of one CPU: counters */

    /**
     * Programs a counter and enables it for itself.
     *
     * @param config the selector's bits, or the modifiers of a fixed counter in its places of the control register
     * @param modes {@link #USER}, {@link #KERNEL}, {@link #INTERRUPT}
     */
    protected abstract void start(int counter, long config, int modes);

    /** Disables a counter for itself; {@code config} is what it was started with. */
    protected abstract void stop(int counter, long config);

    /** A counter's value, zero-extended. */
    protected abstract long read(int counter);

    /** Writes a counter; {@code value} has no bits beyond its width. */
    protected abstract void write(int counter, long value);

    /** A counter's width in bits. */
    protected abstract int width(int counter);

    /** The longest period that a counter can be programmed with: half its range, or what a write can give it. */
    protected abstract long longestPeriod(int counter);

    /* ------------------------------------------------------------- of one CPU: all counters together, and the interrupt */

    /** Stops everything that the global enable registers start, and precise records if {@code precise} is not 0. */
    protected abstract void disableAll(long precise);

    /** Has the global enable registers start {@code counters} and no others, and precise records on {@code precise}. */
    protected abstract void enableAll(long counters, long precise);

    /** Clears status bits. */
    protected abstract void clearStatus(long counters);

    /**
     * Handles a PMI: disables, reads the status and acknowledges it until nothing is left, {@linkplain PerfCore#callBack calls back},
     * {@linkplain PerfCore#sample samples}, enables again, and unmasks LVTPC where this CPU wants it.
     *
     * @param enabled whether to enable again
     * @return how many causes it has handled
     */
    protected abstract int handlePmi(boolean enabled);

    /** The event that counts cycles; null if the CPU has none. */
    protected abstract EventAttributes.Builder cycles();

    /* ------------------------------------------------------------- what software has programmed */

    /** The word that controls a counter: its selector, or its part of the control register that it shares, in place. */
    protected abstract long control(int counter);

    /** Whether a control word enables a counter for itself, in some ring. */
    protected abstract boolean isEnabled(int counter, long control);

    /** The {@link #USER}, {@link #KERNEL} and {@link #INTERRUPT} of a counter in a control word. */
    protected abstract int modes(int counter, long control);

    /** What {@link #start} takes as {@code config}, out of a counter's control word. */
    protected abstract long config(int counter, long control);

    /** The counters that the global enable registers start; all that no such register concerns are among them. */
    protected abstract long enabledGlobally();

    /** What a counter counts that has no selector, as somebody asks for it who does not mind where it is counted. */
    protected abstract EventAttributes.Builder counted(int counter);

    /**
     * The event that a counter without a selector counts, as steps of work name it; -1 if it counts a clock, or what no selector can ask for.
     */
    protected abstract long countedEvent(int counter);

    /** The counter whose value a register holds, under whatever address; -1 if it is none's. */
    protected abstract int counterAt(int address);

    /** The counter that RDPMC reads; -1 if there is none. */
    protected abstract int counterOfRdpmc(int ecx);

    /** The event code among a selector's bits. */
    protected abstract int eventCode(long config);

    /** The unit mask among a selector's bits. */
    protected abstract int unitMask(long config);

    /** What the model calls a counter: {@code gp[2]}. */
    protected abstract String name(int counter);

    /** A counter's index in its bank: 2 of {@code gp[2]}. */
    protected abstract int index(int counter);
}
