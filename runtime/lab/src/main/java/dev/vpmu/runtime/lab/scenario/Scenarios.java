package dev.vpmu.runtime.lab.scenario;

import dev.vpmu.runtime.lab.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The scenarios that are shipped. */
public final class Scenarios {

    /** What the name of a scenario ends with in which the hosts' NMI watchdogs are on. */
    public static final String WATCHDOG = "+watchdog";

    private static final long[] RATES = {100, 1_000, 10_000, 100_000};
    private static final int[] SHARING = {2, 4, 8};
    /** How many events more than counters are multiplexed. */
    private static final int MORE = 4;

    private Scenarios() {
    }

    /** All, each without and with the NMI watchdog; {@code seconds} is how long a guest that runs perf works, in its own time. */
    public static List<Scenario> shipped(double seconds) {
        List<Scenario> shipped = new ArrayList<>();
        for (RegisterUpdate update : RegisterUpdate.values()) {
            shipped.add(new UpdateScenario(update, false));
        }
        shipped.add(perf("perf-stat", seconds).counting("cycles").build());
        for (long hertz : RATES) {
            shipped.add(perf("perf-record-" + rate(hertz), seconds).sampling("cycles", hertz).build());
        }
        shipped.add(perf("multiplex", seconds).multiplexing(MORE).build());
        for (int vcpus : SHARING) {
            shipped.add(perf("share-" + vcpus, seconds).guests(Guests.sharing(vcpus)).sampling("cycles", 1_000).build());
        }
        shipped.add(perf("host-competes", seconds).sampling("branches", 1_000).host(HostSession.flexible("cache misses", 1)).host(HostSession.flexible("cache misses"))
                .host(HostSession.pinned("cache misses")).host(HostSession.pinned("cache misses").late()).build());
        shipped.addAll(shipped.stream().map(Scenarios::watched).toList());
        return List.copyOf(shipped);
    }

    /**
     * One of them.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Scenario named(String name, double seconds) {
        List<Scenario> all = shipped(seconds);
        return all.stream().filter(scenario -> scenario.name().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "no scenario is called '" + name + "'; there are " + String.join(", ", all.stream().map(Scenario::name).filter(each -> !each.endsWith(WATCHDOG)).toList())
                + ", each also with " + WATCHDOG));
    }

    private static ProfileScenario.Builder perf(String name, double seconds) {
        return ProfileScenario.named(name).seconds(seconds);
    }

    private static Scenario watched(Scenario scenario) {
        return scenario instanceof ProfileScenario profile ? profile.toBuilder().watchdog().build() : new UpdateScenario(((UpdateScenario) scenario).update(), true);
    }

    private static String rate(long hertz) {
        return String.format(Locale.ROOT, hertz < 1_000 ? "%dhz" : "%dkhz", hertz < 1_000 ? hertz : hertz / 1_000);
    }
}
