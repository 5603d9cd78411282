package dev.vpmu.dsl.rules.policies;

/** A guest's write to the hardware of a counter that it does not own. */
public final class ForeignWrites extends LeakRule {

    /** The rule. */
    public ForeignWrites() {
        super(Leak.FOREIGN_WRITE, "No policy writes, for a guest, the hardware of a counter that the guest does not own.");
    }
}
