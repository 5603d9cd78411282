package dev.vpmu.dsl.rules.policies.leaks;

/** A guest's write to the hardware of a counter that it does not own. */
final class ForeignWrites extends LeakRule {

    ForeignWrites(Residency residency) {
        super(Leak.FOREIGN_WRITE, residency, "No policy writes, for a guest, the hardware of a counter that the guest does not own.");
    }
}
