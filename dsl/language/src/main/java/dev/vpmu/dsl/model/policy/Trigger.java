package dev.vpmu.dsl.model.policy;

import java.util.Locale;

/** A moment at which a policy does something. */
public enum Trigger {
    /** Counters become the guest's. */
    TAKE,
    /** Counters become the host's again. */
    RETURN,
    /** The vCPU's thread is scheduled in, while it runs the guest. */
    SCHED_IN,
    /** The vCPU's thread is scheduled out, while it runs the guest. */
    SCHED_OUT,
    /** The vCPU's thread begins, or goes on, to run the guest on a CPU. */
    LOAD,
    /** The vCPU's thread stops running the guest: it is preempted, or returns to user space. */
    PUT,
    /** The guest has left guest mode. */
    EXIT,
    /** The guest's registers are reset. */
    RESET,
    /** Counters that the guest owns have overflowed. */
    OVERFLOW;

    /** The trigger as the language writes it: {@code sched in}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
