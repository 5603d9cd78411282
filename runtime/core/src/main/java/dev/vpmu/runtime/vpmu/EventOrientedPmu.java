package dev.vpmu.runtime.vpmu;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.ProgrammedCounters;
import dev.vpmu.runtime.registers.PmuRegisters;
import dev.vpmu.runtime.vpmu.VcpuPort.Request;

/**
 * The traditional virtual PMU: each enabled counter of the guest is a pinned host event of the vCPU's thread, which may be on any counter of
 * the host. The guest's registers are those of a PMU that never runs. What its counters have taken over from the events is beside them,
 * because a guest may be unable to write all that a counter can hold. (domain.md §5.)
 */
public class EventOrientedPmu implements VirtualPmu {

    private final EventOrientedDesign design;
    private final VcpuPort vcpu;
    private final PmuHardware registers;
    private final ProgrammedCounters guest;
    private final long instructions;
    private final long branches;
    private final GuestCounter[] counters;
    private final GuestCounter[] byIndex = new GuestCounter[Long.SIZE];
    /** The counters whose event is to be brought to what the registers say. */
    private long reprogram;
    /** The counters that the guest has touched in this time slice. */
    private long inUse;
    private boolean needsCleanup;
    private int ring;
    private boolean pce;
    private boolean protectedMode;
    private EventFilter filter;

    /**
     * A guest's PMU after reset.
     *
     * @param registers the guest's registers, which nobody else uses
     * @param guest what they say
     * @param instructions the event that counts instructions, as steps of work name it
     * @param branches the one that counts branches
     */
    public EventOrientedPmu(EventOrientedDesign design, VcpuPort vcpu, PmuHardware registers, ProgrammedCounters guest, long instructions, long branches) {
        this.design = design;
        this.vcpu = vcpu;
        this.registers = registers;
        this.guest = guest;
        this.instructions = instructions;
        this.branches = branches;
        this.counters = new GuestCounter[Long.bitCount(guest.counters())];
        long rest = guest.counters();
        for (int i = 0; i < counters.length; i++, rest &= rest - 1) {
            int index = Long.numberOfTrailingZeros(rest);
            counters[i] = new GuestCounter(design, vcpu, guest, index, (event, period) -> overflowed(index));
            byIndex[index] = counters[i];
        }
    }

    @Override
    public void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        ring = currentPrivilegeLevel;
        pce = cr4Pce;
        protectedMode = cr0Pe;
    }

    /** Sets, or with null removes, what guests may count, before the guest runs on; counters that may not count keep their registers. */
    public void filter(EventFilter next) {
        filter = next;
        reprogram |= guest.counters();
        vcpu.request(Request.PMU);
    }

    /** How it was built. */
    public EventOrientedDesign design() {
        return design;
    }

    /** The counters whose event is on a counter of the host, a global mask. */
    public long counting() {
        long counting = 0;
        for (GuestCounter counter : counters) {
            counting |= counter.isOnCounter() ? counter.bit() : 0;
        }
        return counting;
    }

    /** The host event of a counter; null if it has none. */
    public PerfEvent event(int counter) {
        return byIndex[counter] == null ? null : byIndex[counter].event();
    }

    /* ------------------------------------------------------------- the guest's accesses */

    @Override
    public long rdmsr(int address) {
        GuestCounter counter = lookedAt(guest.counterAt(address));
        long value = registers.rdmsr(address);
        return counter != null ? counter.held() : value;
    }

    @Override
    public long rdpmc(int ecx) {
        GuestCounter counter = lookedAt(guest.counterOfRdpmc(ecx));
        registers.privilege(ring, pce, protectedMode);
        try {
            long value = registers.rdpmc(ecx);
            return counter != null ? counter.held() : value;
        } finally {
            registers.privilege(0, pce, protectedMode); // as the hypervisor looks at them
        }
    }

    /** The counter of an index, ready to say what it holds; null of -1. */
    private GuestCounter lookedAt(int index) {
        if (index < 0) {
            return null;
        }
        GuestCounter counter = byIndex[index];
        inUse |= counter.bit();
        counter.takeOver();
        return counter;
    }

    @Override
    public void wrmsr(int address, long value) {
        int index = guest.counterAt(address);
        if (index >= 0) {
            GuestCounter counter = byIndex[index];
            counter.takeOver();
            registers.wrmsr(address, value);
            inUse |= counter.bit();
            counter.written();
        } else {
            changed(controlsChanged(address, value));
        }
    }

    /** Writes what is no counter's value; the counters that are enabled or controlled in another way from then on. */
    private long controlsChanged(int address, long value) {
        long before = guest.enabledGlobally();
        for (GuestCounter counter : counters) {
            counter.rememberControl();
        }
        registers.wrmsr(address, value);
        long controlled = 0;
        for (GuestCounter counter : counters) {
            controlled |= counter.isControlChanged() ? counter.bit() : 0;
        }
        inUse |= controlled;
        return controlled | (before ^ guest.enabledGlobally()) & guest.counters();
    }

    private void changed(long changed) {
        if (design.deferred()) {
            requestProgram(changed);
            return;
        }
        for (long rest = changed; rest != 0; rest &= rest - 1) {
            program(byIndex[Long.numberOfTrailingZeros(rest)]);
        }
    }

    private void requestProgram(long which) {
        if (which != 0) {
            reprogram |= which;
            vcpu.request(Request.PMU);
        }
    }

    /* ------------------------------------------------------------- what counts */

    private boolean mayCount(GuestCounter counter) {
        if (!guest.isEnabled(counter.index()) || (guest.enabledGlobally() & counter.bit()) == 0) {
            return false;
        }
        return filter == null || isAllowed(counter.index());
    }

    private boolean isAllowed(int counter) {
        if (!guest.isProgrammable(counter)) {
            return filter.allowsFixed(guest.index(counter));
        }
        long event = guest.event(counter);
        return filter.allows((int) (event >>> Integer.SIZE), (int) event);
    }

    /** Brings a counter's event to what the registers say; false if it could not be created. */
    private boolean program(GuestCounter counter) {
        if (counter.pause()) {
            // even of an instruction that disables the counter: it counted when it began
            report(counter, false);
        }
        return counter.goOn(mayCount(counter));
    }

    @Override
    public void work() {
        long due = reprogram;
        reprogram = 0;
        for (long rest = due; rest != 0; rest &= rest - 1) {
            if (!program(byIndex[Long.numberOfTrailingZeros(rest)]) && design.deferred()) {
                // tried again with the next work, which it does not ask for
                reprogram |= rest & -rest;
            }
        }
        if (needsCleanup) {
            cleanUp();
        }
    }

    @Override
    public long counting(Retired what) {
        long counting = 0;
        if (design.accountsEmulated()) {
            long wanted = what == Retired.INSTRUCTION ? instructions : branches;
            for (GuestCounter counter : counters) {
                boolean counts = mayCount(counter) && guest.counts(counter.index(), ring == 0) && guest.event(counter.index()) == wanted;
                counting |= counts ? counter.bit() : 0;
            }
        }
        return counting;
    }

    @Override
    public void retired(long which) {
        for (long rest = which; rest != 0; rest &= rest - 1) {
            byIndex[Long.numberOfTrailingZeros(rest)].emulated();
        }
        requestProgram(which);
    }

    /* ------------------------------------------------------------- overflows */

    /** An event has counted what was left to its counter's overflow. */
    private void overflowed(int index) {
        GuestCounter counter = byIndex[index];
        if ((reprogram & counter.bit()) == 0) {
            requestProgram(counter.bit());
            report(counter, design.interruptsByIrqWork() && !vcpu.isInterruptedInGuest());
        }
    }

    private void report(GuestCounter counter, boolean byIrqWork) {
        registers.overflow(counter.bit());
        if (guest.interrupts(counter.index())) {
            if (byIrqWork) {
                vcpu.afterNmi(() -> vcpu.request(Request.PMI));
            } else {
                vcpu.request(Request.PMI);
            }
        }
    }

    /* ------------------------------------------------------------- coming and going */

    private void cleanUp() {
        needsCleanup = false;
        for (GuestCounter counter : counters) {
            // without an enable bit it is paused, and has been taken over
            if ((inUse & counter.bit()) == 0 && !guest.isEnabled(counter.index())) {
                counter.release();
            }
        }
        inUse = 0;
    }

    @Override
    public void runsOn(PerfCore perf, PmuRegisters hardware) {
    }

    @Override
    public void entering() {
    }

    @Override
    public void left() {
    }

    @Override
    public void load() {
    }

    @Override
    public void put() {
    }

    @Override
    public void scheduledIn() {
        if (design.releasesIdle()) {
            needsCleanup = true;
            vcpu.request(Request.PMU);
        }
    }

    @Override
    public void scheduledOut() {
    }

    @Override
    public void reset() {
        for (GuestCounter counter : counters) {
            counter.reset();
        }
        reprogram = 0;
        inUse = 0;
        needsCleanup = false;
        registers.reset();
    }
}
