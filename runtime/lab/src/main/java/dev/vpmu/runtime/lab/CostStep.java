package dev.vpmu.runtime.lab;

import java.util.Locale;

/** A step that a machine takes for its guests, and that costs something. Tables of costs name them in lower case: {@code vm_exit}. */
public enum CostStep {
    /** The guest leaves guest mode, and enters it again later. */
    VM_EXIT(false),
    /** One register that the CPU loads or stores by itself as it enters or leaves guest mode. */
    MSR_SWITCH(false),
    /** An access of the guest's that the hypervisor carries out: finding out which, and calling who does it. */
    ACCESS(true),
    /** RDMSR by the host. */
    RDMSR(true),
    /** WRMSR by the host. */
    WRMSR(true),
    /** RDPMC by the host. */
    RDPMC(true),
    /** A host event is made for a guest, and put on a counter. */
    EVENT_CREATE(true),
    /** A host event of a guest is given up. */
    EVENT_RELEASE(true),
    /** A host event of a guest is stopped. */
    EVENT_PAUSE(true),
    /** A host event of a guest goes on. */
    EVENT_RESUME(true),
    /** A host event of a guest gets another period. */
    EVENT_PERIOD(true),
    /** The host's perf goes through its events, to decide which are on which counters. */
    SCHED_PASS(true),
    /** The host takes a PMI. */
    NMI(true),
    /** Work that the host's PMI handler put off. */
    IRQ_WORK(true),
    /** A CPU is told to leave guest mode. */
    KICK(true),
    /** The guest is given a PMI. */
    INJECTION(true);

    private final boolean ofHandler;

    CostStep(boolean ofHandler) {
        this.ofHandler = ofHandler;
    }

    /** The step as tables of costs name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the hypervisor takes it; otherwise the CPU does, whatever the hypervisor is like. */
    public boolean isOfHandler() {
        return ofHandler;
    }
}
