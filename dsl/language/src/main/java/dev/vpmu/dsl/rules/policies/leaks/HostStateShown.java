package dev.vpmu.dsl.rules.policies.leaks;

/** A host's part that a guest can read, or that acts while the guest runs. */
final class HostStateShown extends LeakRule {

    HostStateShown(Residency residency) {
        super(Leak.HOST_SHOWN, residency, "No policy lets a guest read what is the host's, or lets it act while the guest runs.");
    }
}
