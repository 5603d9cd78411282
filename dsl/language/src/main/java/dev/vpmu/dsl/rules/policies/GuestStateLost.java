package dev.vpmu.dsl.rules.policies;

/** What a guest wrote and does not find again. */
public final class GuestStateLost extends LeakRule {

    /** The rule. */
    public GuestStateLost() {
        super(Leak.GUEST_LOST, "Under every policy a guest finds again what it wrote, and only that.");
    }
}
