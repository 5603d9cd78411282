package dev.vpmu.cli;

import dev.vpmu.runtime.lab.Scenario;
import dev.vpmu.runtime.lab.scenario.Guests;
import dev.vpmu.runtime.lab.scenario.HostSession;
import dev.vpmu.runtime.lab.scenario.ProfileScenario;
import dev.vpmu.runtime.lab.scenario.Scenarios;
import dev.vpmu.runtime.lab.scenario.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Options that say which scenarios are run: shipped ones by name, or one of one's own. */
final class ScenarioOptions {

    private static final int USUAL_RATE = 4_000;

    @Option(names = {"-s", "--scenario"}, split = ",", paramLabel = "NAME", description = "A shipped scenario (see --known); all of them if nothing else is said.")
    private List<String> shipped = new ArrayList<>();

    @Option(names = "--seconds", paramLabel = "S", description = "How long each guest works, in its own time; 0.1 if nothing is said.")
    private double seconds = 0.1;

    @Option(names = "--sample", paramLabel = "EVENT", description = "A scenario of your own: each guest samples an event, by name or role (cycles).")
    private String sampled;

    @Option(names = "--hertz", paramLabel = "N", description = "How often a second of guest time; 4000 if nothing is said, as perf record does.")
    private long hertz = USUAL_RATE;

    @Option(names = "--count", split = ",", paramLabel = "EVENT", description = "Or: each guest counts events.")
    private List<String> counted = new ArrayList<>();

    @Option(names = "--multiplex", paramLabel = "N", description = "Or: each guest counts N events more than there are counters, in turns.")
    private Integer multiplexed;

    @Option(names = "--guests", paramLabel = "N", description = "How many guests of one vCPU; 1 if nothing is said.")
    private int guests = 1;

    @Option(names = "--sharing", description = "The guests are new, and share one CPU in slices of 4 ms; otherwise each has one to itself.")
    private boolean sharing;

    @Option(names = "--slice", paramLabel = "MS", description = "How long a vCPU's thread runs before it is preempted.")
    private Long slice;

    @Option(names = "--host", paramLabel = "SPEC", converter = HostOption.class,
            description = "What the host counts beside the guests: [NUMBER] [pinned] [late] EVENT. Without a number as many as it has counters for. Several share the time.")
    private List<HostSession> host = new ArrayList<>();

    @Option(names = "--rate", paramLabel = "EVENT=N", description = "How often an event occurs in a million cycles of a guest's work.")
    private Map<String, Long> rates = new TreeMap<>();

    @Option(names = "--watchdog", description = "The hosts' NMI watchdogs are on.")
    private boolean watchdog;

    /**
     * The scenarios; {@code megahertz} is how fast the CPU is.
     *
     * @throws IllegalArgumentException if no scenario has such a name, or one of one's own is impossible
     */
    List<Scenario> scenarios(long megahertz) {
        List<Scenario> scenarios = new ArrayList<>(shipped.stream().map(name -> Scenarios.named(name, seconds)).toList());
        if (isOwn()) {
            scenarios.add(own(megahertz));
        }
        return scenarios.isEmpty() ? Scenarios.shipped(seconds) : scenarios;
    }

    private boolean isOwn() {
        return sampled != null || !counted.isEmpty() || multiplexed != null || !host.isEmpty() || sharing || guests > 1 || slice != null || watchdog || !rates.isEmpty();
    }

    private Scenario own(long megahertz) {
        if ((sampled != null ? 1 : 0) + (counted.isEmpty() ? 0 : 1) + (multiplexed != null ? 1 : 0) != 1) {
            throw new IllegalArgumentException("a scenario of your own says what each guest's perf does: --sample, --count or --multiplex");
        }
        ProfileScenario.Builder own = ProfileScenario.named("own").seconds(seconds);
        Guests usual = sharing ? Guests.sharing(guests) : Guests.alone(guests);
        own.guests(slice == null ? usual : new Guests(guests, sharing, slice, usual.fresh()));
        if (sampled != null) {
            own.sampling(sampled, hertz);
        } else if (multiplexed != null) {
            own.multiplexing(multiplexed);
        } else {
            own.counting(counted.toArray(String[]::new));
        }
        host.forEach(own::host);
        Workload work = Workload.USUAL.at(megahertz);
        for (Map.Entry<String, Long> rate : rates.entrySet()) {
            work = work.with(rate.getKey(), rate.getValue());
        }
        own.work(work);
        return watchdog ? own.watchdog().build() : own.build();
    }
}
