package dev.vpmu.runtime.vpmu;

import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PmiCallback;
import dev.vpmu.runtime.perf.Yielding;
import dev.vpmu.runtime.registers.CheckedRegisters;
import dev.vpmu.runtime.registers.PmuRegisters;
import dev.vpmu.runtime.vpmu.MsrSwitch.HostPerf;
import dev.vpmu.runtime.vpmu.VcpuPort.EventStep;
import dev.vpmu.runtime.vpmu.VcpuPort.Request;

/**
 * A virtual PMU whose guest owns counters of the CPU that its vCPU runs on: a counter of the guest is the host's of the same index, and
 * holds the guest's value while it is owned. A class for each such policy of each {@code cpu} extends it, with the guest's words and what
 * the policy does with them; here is what is the same for all. (domain.md §6.)
 *
 * <p>Masks are words over global counter indexes. Confined to its vCPU's thread.
 */
public abstract class OwningPmu extends CheckedRegisters implements VirtualPmu, PmiCallback {

    /** The vCPU. */
    protected final VcpuPort vcpu;
    /** What entering and leaving guest mode loads. */
    protected final MsrSwitch msrs;
    /** The host's perf of the CPU that the vCPU has, or had last. */
    protected PerfCore perf;
    /** That CPU's registers, as the host accesses them. */
    protected PmuRegisters hardware;
    /** The counters that the guest owns: what they hold is in the hardware. */
    protected long owned;
    /** The counters to be taken when the vCPU is loaded again. */
    protected long remembered;
    /** The counters whose controls ask for a PMI. */
    protected long asking;

    private final Yielding yielding;
    private long askedBefore;
    private boolean loaded;

    /**
     * A PMU whose vCPU has not had a CPU yet.
     *
     * @param yielding how host events give way
     */
    protected OwningPmu(VcpuPort vcpu, boolean smt, Yielding yielding) {
        super(smt);
        this.vcpu = vcpu;
        this.msrs = vcpu.msrSwitch();
        this.yielding = yielding;
        msrs.hostPerf(HostPerf.NOTHING);
    }

    /** The counters that the guest owns. */
    public final long owned() {
        return owned;
    }

    /* ------------------------------------------------------------- of one policy and cpu */

    /** Gives the hardware of counters that have just been reserved what the policy says; they are owned next. */
    protected abstract void taken(long counters);

    /** Takes from the hardware of counters what the policy says; they are not owned any more next. */
    protected abstract void returned(long counters);

    /** The counters that count an instruction, or a branch, in the ring that the guest is in, as far as its controls say. */
    protected abstract long countingNow(Retired what);

    /** A counter counts one more; whether that was an overflow. */
    protected abstract boolean increment(int counter);

    /** Sets the guest's status bits of counters. */
    protected abstract void raise(long counters);

    /** Tells the guest of overflows as the policy says. */
    @Override
    public abstract void overflowed(long counters);

    /** What the policy does when the vCPU is loaded. */
    protected abstract void atLoad();

    /** What the policy does when the vCPU is put. */
    protected abstract void atPut();

    /** What the policy does when the vCPU's thread is scheduled in. */
    protected abstract void atSchedIn();

    /** What the policy does when the vCPU's thread is scheduled out. */
    protected abstract void atSchedOut();

    /* ------------------------------------------------------------- ownership */

    /**
     * Takes counters for the guest. Those that the host refuses, and those of a vCPU that is not loaded, are remembered; the guest's words
     * are as if it had them.
     */
    protected final void take(long counters) {
        long wanted = counters & ~owned;
        if (wanted == 0) {
            return;
        }
        if (!loaded) {
            remembered |= wanted;
        } else if (perf.mask(this, owned | wanted, yielding)) {
            taken(wanted);
            owned |= wanted;
        } else if ((wanted & wanted - 1) == 0) {
            remembered |= wanted;
            vcpu.tell(EventStep.REFUSED);
        } else {
            for (long rest = wanted; rest != 0; rest &= rest - 1) {
                take(rest & -rest);
            }
        }
    }

    /** Takes the counters that were remembered. */
    protected final void takeRemembered() {
        long again = remembered;
        remembered = 0;
        take(again);
    }

    /** The guest wants counters no more: they are not remembered either. */
    protected final void release(long counters) {
        remembered &= ~counters;
        giveBack(counters);
    }

    /** Returns counters to the host, as far as the guest owns them. */
    protected final void giveBack(long counters) {
        long given = counters & owned;
        if (given != 0) {
            returned(given);
            owned &= ~given;
            perf.mask(this, owned, yielding);
        }
    }

    /* ------------------------------------------------------------- overflows and emulated instructions */

    /** Asks for the guest's PMI if one of some counters wants it. */
    protected final void requestPmi(long counters) {
        if ((counters & asking) != 0) {
            vcpu.request(Request.PMI);
        }
    }

    @Override
    public final long counting(Retired what) {
        askedBefore = asking;
        return countingNow(what);
    }

    @Override
    public final void retired(long counters) {
        for (long rest = counters; rest != 0; rest &= rest - 1) {
            if (increment(Long.numberOfTrailingZeros(rest))) {
                raise(rest & -rest);
                if ((rest & -rest & askedBefore) != 0) {
                    vcpu.request(Request.PMI);
                }
            }
        }
    }

    /* ------------------------------------------------------------- coming and going */

    @Override
    public final void runsOn(PerfCore hostPerf, PmuRegisters registers) {
        perf = hostPerf;
        hardware = registers;
    }

    @Override
    public final void load() {
        loaded = true;
        atLoad();
    }

    @Override
    public final void put() {
        atPut();
        loaded = false;
    }

    @Override
    public final void scheduledIn() {
        loaded = true;
        atSchedIn();
    }

    @Override
    public final void scheduledOut() {
        atSchedOut();
    }

    /** Nothing is put off. */
    @Override
    public final void work() {
    }
}
