package dev.vpmu.runtime.perf;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.perf.EventAttributes.Builder;

/**
 * What software has programmed a PMU with, read from its registers: the other way round from {@link PerfCore}, which programs it. A
 * hypervisor looks at its guest's registers with it. Counters are known by their global index.
 */
public final class ProgrammedCounters {

    private final PerfCore driver;

    /** Looks at the registers that {@code driver} is for; no event may be on it. */
    public ProgrammedCounters(PerfCore driver) {
        this.driver = driver;
    }

    /** The counters there are, a global mask. */
    public long counters() {
        return driver.geometry().counters();
    }

    /** The word that controls a counter: its selector, or its part of the control register that it shares, in place. */
    public long control(int counter) {
        return driver.control(counter);
    }

    /** Whether a counter is enabled for itself, in some ring. */
    public boolean isEnabled(int counter) {
        return driver.isEnabled(counter, driver.control(counter));
    }

    /** The counters that are enabled for themselves. */
    public long enabled() {
        long enabled = 0;
        for (long rest = counters(); rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            enabled |= isEnabled(counter) ? rest & -rest : 0;
        }
        return enabled;
    }

    /** What the model calls a counter: {@code gp[2]}. */
    public String name(int counter) {
        return driver.name(counter);
    }

    /** A counter's index in its bank: 2 of {@code gp[2]}. */
    public int index(int counter) {
        return driver.index(counter);
    }

    /** The counters that are enabled together. */
    public long enabledGlobally() {
        return driver.enabledGlobally();
    }

    /** Whether a counter counts in ring 0 ({@code kernel}), or in the other rings. */
    public boolean counts(int counter, boolean kernel) {
        return (driver.modes(counter, driver.control(counter)) & (kernel ? CounterDriver.KERNEL : CounterDriver.USER)) != 0;
    }

    /** Whether a counter asks for a PMI when it overflows. */
    public boolean interrupts(int counter) {
        return (driver.modes(counter, driver.control(counter)) & CounterDriver.INTERRUPT) != 0;
    }

    /** What a counter has been told to count, and in which rings, for somebody who counts it elsewhere. */
    public Builder asked(String name, int counter) {
        long control = driver.control(counter);
        long config = driver.config(counter, control);
        Builder builder = isProgrammable(counter) ? EventAttributes.of(name, config)
                : config == 0 ? driver.counted(counter) : EventAttributes.onCounter(name, counter, config);
        int modes = driver.modes(counter, control);
        if ((modes & CounterDriver.USER) == 0) {
            builder.excludeUser();
        }
        if ((modes & CounterDriver.KERNEL) == 0) {
            builder.excludeKernel();
        }
        return builder;
    }

    /** Whether a counter has a selector. */
    public boolean isProgrammable(int counter) {
        return (driver.geometry().fixed() >>> counter & 1) == 0;
    }

    /**
     * The event code and unit mask that a counter counts, as {@link Step#event} names them; -1 of a fixed counter that counts a clock, or what no
     * selector could ask for.
     */
    public long event(int counter) {
        if (!isProgrammable(counter)) {
            return driver.countedEvent(counter);
        }
        long config = driver.config(counter, driver.control(counter));
        return Step.event(driver.eventCode(config), driver.unitMask(config));
    }

    /** Whether aborted transactions are taken back from what a counter counts. */
    public boolean isCheckpointed(int counter) {
        return isProgrammable(counter)
                && (driver.config(counter, driver.control(counter)) & driver.geometry().checkpointed()) != 0;
    }

    /** A counter's value. */
    public long value(int counter) {
        return driver.read(counter);
    }

    /** The bits of a counter. */
    public long mask(int counter) {
        return -1L >>> Long.SIZE - driver.width(counter);
    }

    /** The counter whose value a register holds, under whatever address; -1 if it is none's. */
    public int counterAt(int address) {
        return driver.counterAt(address);
    }

    /** The counter that RDPMC reads; -1 if there is none. */
    public int counterOfRdpmc(int ecx) {
        return driver.counterOfRdpmc(ecx);
    }

    /** Starts counters together, and no others: as the registers' owner may do before the guest runs. */
    public void enableGlobally(long counters) {
        driver.enableAll(counters, 0);
    }
}
