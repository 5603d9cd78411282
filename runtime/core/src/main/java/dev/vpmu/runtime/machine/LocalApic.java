package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.registers.InterruptLine;
import dev.vpmu.runtime.registers.LvtEntry;

/**
 * The local APIC of a vCPU, as far as PMIs go: one is requested; it looks at LVTPC before the guest runs on, or looks there itself; and if it
 * is let through, it is there after as many of the guest's own cycles as were left of a way like a CPU's. (domain.md §5.4, last row but one; trap 28.)
 */
final class LocalApic implements LvtEntry {

    private final Vcpu vcpu;
    private final InterruptLine line;
    private boolean requested;
    /** In how many cycles of the guest's the PMI is there that is requested. */
    private long requestedIn;

    /**
     * A local APIC after power-on.
     *
     * @param masksItself whether delivering a PMI masks LVTPC
     */
    LocalApic(Vcpu vcpu, boolean masksItself) {
        this.vcpu = vcpu;
        this.line = new InterruptLine(true, masksItself);
    }

    /** LVTPC is masked, and no PMI is requested, on its way or waits. */
    void reset() {
        line.reset();
        requested = false;
    }

    /** LVTPC as the guest's instructions see it. */
    @Override
    public int lvtpc() {
        settle();
        return line.lvtpc();
    }

    @Override
    public void lvtpc(int entry) {
        settle();
        line.lvtpc(entry);
    }

    /** Requests a PMI, for so many cycles of the guest's later; whether none was requested yet. */
    boolean request(long in) {
        if (requested) {
            return false;
        }
        requested = true;
        requestedIn = in;
        return true;
    }

    /** Whether a PMI is requested that LVTPC has not been looked at for. */
    boolean isRequested() {
        return requested;
    }

    /** Looks at LVTPC for the PMI that is requested. */
    void deliver() {
        if (requested) {
            requested = false;
            if (line.isOpen()) {
                line.accept(requestedIn);
                line.arrives();
                vcpu.machine().listener().injected(vcpu);
            }
        }
    }

    /** Before the guest looks at its LVTPC, or takes a PMI: what was raised before finds LVTPC as it was. */
    private void settle() {
        vcpu.guestMode.settle();
        deliver();
    }

    /** Whether a PMI is there, on its way, or about to be: a guest that halts wakes up. */
    boolean wakes() {
        return requested && line.isOpen() || !line.isFree();
    }

    /** What was on its way came while the guest waited, in which none of its cycles passed. */
    void hurry() {
        requestedIn = 0;
        line.hurry();
    }

    /** {@code to}, or the earlier cycle of a step before which a PMI is there, looking from cycle {@code from}. */
    long stop(long from, long to) {
        return line.stop(from, to);
    }

    /** Lets the guest's time pass; whether a PMI has come. */
    boolean pass(long cycles) {
        line.pass(cycles);
        return line.arrives();
    }

    /** Whether a PMI waits for the guest to open its interrupts. */
    boolean isPending() {
        return line.isPending();
    }

    /** The guest takes the PMI that is there; whether there was one. */
    boolean take() {
        settle();
        return line.take();
    }
}
