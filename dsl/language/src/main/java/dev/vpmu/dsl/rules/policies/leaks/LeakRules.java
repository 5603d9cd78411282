package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.rules.Rule;
import java.util.List;

/** The rules about where bits live under a policy: one for each kind of leak, all about one exploration. */
public final class LeakRules {

    private LeakRules() {
    }

    /** The rules. */
    public static List<Rule> all() {
        Residency residency = new Residency();
        return List.of(new GuestStateLeft(residency), new HostStateShown(residency), new GuestStateLost(residency), new ForeignWrites(residency),
                new BeyondThread(residency));
    }
}
