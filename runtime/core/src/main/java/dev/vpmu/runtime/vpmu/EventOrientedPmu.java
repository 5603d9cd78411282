package dev.vpmu.runtime.vpmu;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.ProgrammedCounters;
import dev.vpmu.runtime.registers.PmuRegisters;
import dev.vpmu.runtime.vpmu.VcpuPort.EventStep;
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
    private final PerfEvent[] events = new PerfEvent[Long.SIZE];
    /** What the guest's counters hold. */
    private final long[] values = new long[Long.SIZE];
    /** What of an event's count is in the guest's counter. */
    private final long[] taken = new long[Long.SIZE];
    /** What an event was created for. */
    private final long[] createdFor = new long[Long.SIZE];
    private final long[] emulated = new long[Long.SIZE];
    private final long[] controls = new long[Long.SIZE];
    private long paused;
    private long reprogram;
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
        for (long rest = guest.counters(); rest != 0; rest &= rest - 1) {
            PerfEvent event = events[Long.numberOfTrailingZeros(rest)];
            counting |= event != null && event.counter() >= 0 ? rest & -rest : 0;
        }
        return counting;
    }

    /** The host event of a counter; null if it has none. */
    public PerfEvent event(int counter) {
        return events[counter];
    }

    /* ------------------------------------------------------------- the guest's accesses */

    @Override
    public long rdmsr(int address) {
        int counter = guest.counterAt(address);
        if (counter >= 0) {
            touch(counter);
            takeOver(counter);
        }
        long value = registers.rdmsr(address);
        return counter >= 0 ? values[counter] + emulated[counter] & guest.mask(counter) : value;
    }

    @Override
    public long rdpmc(int ecx) {
        int counter = guest.counterOfRdpmc(ecx);
        if (counter >= 0) {
            touch(counter);
            takeOver(counter);
        }
        registers.privilege(ring, pce, protectedMode);
        try {
            long value = registers.rdpmc(ecx);
            return counter >= 0 ? values[counter] + emulated[counter] & guest.mask(counter) : value;
        } finally {
            registers.privilege(0, pce, protectedMode); // as the hypervisor looks at them
        }
    }

    @Override
    public void wrmsr(int address, long value) {
        int counter = guest.counterAt(address);
        if (counter >= 0) {
            takeOver(counter);
            registers.wrmsr(address, value);
            values[counter] = guest.value(counter);
            touch(counter);
            emulated[counter] = 0;
            if (design.rearms() && events[counter] != null && (paused >>> counter & 1) == 0) {
                period(counter);
            }
            return;
        }
        long before = guest.enabledGlobally();
        remember();
        registers.wrmsr(address, value);
        long changed = (before ^ guest.enabledGlobally()) & guest.counters();
        for (long rest = guest.counters(); rest != 0; rest &= rest - 1) {
            int other = Long.numberOfTrailingZeros(rest);
            if (controls[other] != guest.control(other)) {
                changed |= rest & -rest;
                touch(other);
            }
        }
        changed(changed);
    }

    private void touch(int counter) {
        inUse |= 1L << counter;
    }

    private void remember() {
        for (long rest = guest.counters(); rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            controls[counter] = guest.control(counter);
        }
    }

    private void changed(long counters) {
        if (design.deferred()) {
            if (counters != 0) {
                reprogram |= counters;
                vcpu.request(Request.PMU);
            }
            return;
        }
        for (long rest = counters; rest != 0; rest &= rest - 1) {
            program(Long.numberOfTrailingZeros(rest));
        }
    }

    /* ------------------------------------------------------------- events */

    /** Adds what the host event has counted since the last time to the guest's counter. */
    private void takeOver(int counter) {
        PerfEvent event = events[counter];
        if (event != null) {
            long count = event.read();
            values[counter] = values[counter] + count - taken[counter] & guest.mask(counter);
            taken[counter] = count;
        }
    }

    private boolean mayCount(int counter) {
        if (!guest.isEnabled(counter) || (guest.enabledGlobally() >>> counter & 1) == 0) {
            return false;
        }
        return filter == null || isAllowed(counter);
    }

    private boolean isAllowed(int counter) {
        if (!guest.isProgrammable(counter)) {
            return filter.allowsFixed(guest.index(counter));
        }
        long event = guest.event(counter);
        return filter.allows((int) (event >>> Integer.SIZE), (int) event);
    }

    /** Brings a counter's event to what the registers say; false if it could not be created. */
    private boolean program(int counter) {
        if (pause(counter)) {
            // even of an instruction that disables the counter: it counted when it began
            overflowed(counter, false);
        }
        if (!mayCount(counter)) {
            if (!design.resumes()) {
                release(counter);
            }
            return true;
        }
        if (!design.resumes() || createdFor[counter] != guest.control(counter) || !resume(counter)) {
            release(counter);
            return create(counter);
        }
        return true;
    }

    /** Stops a counter's event, and adds what was emulated; whether that wrapped. */
    private boolean pause(int counter) {
        PerfEvent event = events[counter];
        if (event != null && (paused >>> counter & 1) == 0) {
            if (design.resumes()) {
                vcpu.perf().disable(event);
                vcpu.tell(EventStep.PAUSE);
            }
            takeOver(counter);
        }
        paused |= 1L << counter;
        long before = values[counter];
        values[counter] = before + emulated[counter] & guest.mask(counter);
        emulated[counter] = 0;
        return Long.compareUnsigned(values[counter], before) < 0;
    }

    private boolean resume(int counter) {
        PerfEvent event = events[counter];
        if (event == null || event.attributes().isSampling() && !period(counter)) {
            return false;
        }
        vcpu.perf().enable(event);
        paused &= ~(1L << counter);
        vcpu.tell(EventStep.RESUME);
        return true;
    }

    /** Gives the event what is left to the counter's overflow; false if perf refuses. */
    private boolean period(int counter) {
        if (!events[counter].attributes().isSampling()) {
            return true;
        }
        try {
            vcpu.perf().setPeriod(events[counter], left(counter));
            vcpu.tell(EventStep.PERIOD);
            return true;
        } catch (IllegalArgumentException refused) {
            vcpu.tell(EventStep.REFUSED);
            return false;
        }
    }

    /** How many occurrences there are to the counter's overflow. */
    private long left(int counter) {
        long left = -values[counter] & guest.mask(counter);
        return left == 0 ? guest.mask(counter) + 1 : left;
    }

    private void release(int counter) {
        if (events[counter] != null) {
            if ((paused >>> counter & 1) == 0) {
                takeOver(counter);
            }
            vcpu.perf().close(events[counter]);
            events[counter] = null;
            vcpu.tell(EventStep.RELEASE);
        }
    }

    private boolean create(int counter) {
        EventAttributes.Builder asked = guest.asked("guest's " + guest.name(counter), counter).pinned().excludeIdle().excludeHost();
        if (!guest.isCheckpointed(counter)) {
            asked.period(left(counter));
        }
        createdFor[counter] = guest.control(counter);
        paused &= ~(1L << counter);
        try {
            events[counter] = vcpu.perf().open(vcpu.task(), asked.build(), (event, period) -> overflowed(counter, true));
            taken[counter] = 0;
            vcpu.tell(EventStep.CREATE);
            return true;
        } catch (IllegalArgumentException refused) {
            paused |= 1L << counter;
            vcpu.tell(EventStep.REFUSED);
            return false;
        }
    }

    /* ------------------------------------------------------------- overflows */

    private void overflowed(int counter, boolean byEvent) {
        long own = 1L << counter;
        if (byEvent) {
            if ((reprogram & own) != 0) {
                return;
            }
            reprogram |= own;
            vcpu.request(Request.PMU);
        }
        registers.overflow(own);
        if (guest.interrupts(counter)) {
            if (byEvent && design.interruptsByIrqWork() && !vcpu.isInterruptedInGuest()) {
                vcpu.afterNmi(() -> vcpu.request(Request.PMI));
            } else {
                vcpu.request(Request.PMI);
            }
        }
    }

    @Override
    public void work() {
        long due = reprogram;
        reprogram = 0;
        for (long rest = due; rest != 0; rest &= rest - 1) {
            if (!program(Long.numberOfTrailingZeros(rest)) && design.deferred()) {
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
            for (long rest = guest.counters(); rest != 0; rest &= rest - 1) {
                int counter = Long.numberOfTrailingZeros(rest);
                boolean counts = mayCount(counter) && guest.counts(counter, ring == 0) && guest.event(counter) == wanted;
                counting |= counts ? rest & -rest : 0;
            }
        }
        return counting;
    }

    @Override
    public void retired(long counters) {
        for (long rest = counters; rest != 0; rest &= rest - 1) {
            emulated[Long.numberOfTrailingZeros(rest)]++;
        }
        if (counters != 0) {
            reprogram |= counters;
            vcpu.request(Request.PMU);
        }
    }

    /* ------------------------------------------------------------- coming and going */

    private void cleanUp() {
        needsCleanup = false;
        for (long rest = guest.counters() & ~inUse; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            if (events[counter] != null && !guest.isEnabled(counter)) {
                release(counter);
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
        for (long rest = guest.counters(); rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            release(counter);
            values[counter] = 0;
            emulated[counter] = 0;
        }
        reprogram = 0;
        paused = 0;
        inUse = 0;
        needsCleanup = false;
        registers.reset();
    }
}
