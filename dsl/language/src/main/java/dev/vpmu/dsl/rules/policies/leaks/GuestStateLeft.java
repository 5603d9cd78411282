package dev.vpmu.dsl.rules.policies.leaks;

/** A guest's part in the hardware while the host or another guest can run, read it, or be interrupted by it. */
final class GuestStateLeft extends LeakRule {

    GuestStateLeft(Residency residency) {
        super(Leak.GUEST_LEFT, residency, "No policy leaves a guest's selector, count, status bit or extra register in the hardware "
                + "while somebody else can run, read it, or be interrupted by it.");
    }
}
