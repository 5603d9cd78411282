package dev.vpmu.dsl.rules.policies;

/** A guest's bit that acts on the sibling hyper-thread. */
public final class BeyondThread extends LeakRule {

    /** The rule. */
    public BeyondThread() {
        super(Leak.BEYOND_THREAD, "No policy lets a guest set what acts on the sibling hyper-thread.");
    }
}
