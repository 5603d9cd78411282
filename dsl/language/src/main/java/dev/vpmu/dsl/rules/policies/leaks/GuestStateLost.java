package dev.vpmu.dsl.rules.policies.leaks;

/** What a guest wrote and does not find again. */
final class GuestStateLost extends LeakRule {

    GuestStateLost(Residency residency) {
        super(Leak.GUEST_LOST, residency, "Under every policy a guest finds again what it wrote, and only that.");
    }
}
