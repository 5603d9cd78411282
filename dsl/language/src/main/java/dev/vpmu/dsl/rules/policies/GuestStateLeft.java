package dev.vpmu.dsl.rules.policies;

/** A guest's part in the hardware while the host or another guest can run, read it, or be interrupted by it. */
public final class GuestStateLeft extends LeakRule {

    /** The rule. */
    public GuestStateLeft() {
        super(Leak.GUEST_LEFT, "No policy leaves a guest's selector, count, status bit or extra register in the hardware while somebody else can run, read it, or be interrupted by it.");
    }
}
