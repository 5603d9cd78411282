package dev.vpmu.dsl.model.policy;

import dev.vpmu.dsl.model.Origin;
import java.util.List;

/**
 * One step of a sequence.
 *
 * @param kind what is done
 * @param registers to which registers, no aliases unless they are named; empty where the kind needs none. In {@link Trigger#TAKE} and
 *            {@link Trigger#RETURN} only the counters' own registers and bits are meant
 * @param named whether the policy names the registers: then these addresses are accessed, by RDMSR and WRMSR, not whatever shows the same best
 * @param ifChanged {@link Kind#RESTORE} only: only where the hardware has another value
 * @param origin the step
 */
public record StepModel(Kind kind, List<String> registers, boolean named, boolean ifChanged, Origin origin) {

    public StepModel {
        registers = List.copyOf(registers);
    }

    /** What a step does. */
    public enum Kind {
        /** Writes zeros to the hardware: of a counter's own bits where a register has those of others, too. */
        CLEAR,
        /** Every word of the guest has its reset value. */
        CLEAR_GUEST,
        /** The guest's word is what the hardware has. */
        SAVE,
        /** The hardware has what the guest's word is. */
        RESTORE,
        /** Overflows that the hardware's status shows become the guest's: they are cleared there, and {@link Trigger#OVERFLOW} says what is done. */
        MERGE,
        /** Takes the counters that were remembered. */
        TAKE_REMEMBERED,
        /** Takes all counters. */
        TAKE_ALL,
        /** Returns every counter that the guest owns. */
        RETURN_OWNED,
        /** Remembers which counters the guest owns. */
        REMEMBER_OWNED,
        /** The host's PMI handler tells the guest's PMU of overflows from now on. */
        ROUTE_TO_GUEST,
        /** The host's PMI handler tells nobody any more. */
        ROUTE_TO_HOST,
        /** Asks for the guest's PMI, if a counter that overflowed asks for it. */
        REQUEST_PMI,
        /** Asks for the guest's PMI. */
        REQUEST_PMI_ALWAYS,
        /** Host events are released that nobody has touched for a time slice. */
        RELEASE_IDLE
    }
}
