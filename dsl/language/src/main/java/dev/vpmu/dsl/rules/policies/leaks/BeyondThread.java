package dev.vpmu.dsl.rules.policies.leaks;

/** A guest's bit that acts on the sibling hyper-thread. */
final class BeyondThread extends LeakRule {

    BeyondThread(Residency residency) {
        super(Leak.BEYOND_THREAD, residency, "No policy lets a guest set what acts on the sibling hyper-thread.");
    }
}
