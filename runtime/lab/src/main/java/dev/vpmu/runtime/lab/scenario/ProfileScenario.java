package dev.vpmu.runtime.lab.scenario;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.Scenario;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.List;

/**
 * Guests that run perf, for a while, and a host that may do so too. Time is the guests' own: what their PMU costs is added up beside it.
 *
 * @param name the scenario's name
 * @param guests the guests
 * @param session what each one's perf does
 * @param host what the host's perf does on their CPU, one part of the time after the other; none for a host that counts nothing
 * @param work what each guest's program does
 * @param seconds how long each guest works, in its own time
 * @param watchdog whether the hosts' NMI watchdogs are on
 */
public record ProfileScenario(String name, Guests guests, GuestSession session, List<HostSession> host, Workload work, double seconds, boolean watchdog)
        implements Scenario {

    public ProfileScenario {
        host = List.copyOf(host);
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("a scenario of " + seconds + " seconds");
        }
        if (session.events().isEmpty() && session.hertz() > 0) {
            throw new IllegalArgumentException("nothing is sampled " + session.hertz() + " times a second");
        }
    }

    /** A scenario in which one guest counts cycles for a second, to be changed. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** The same, to be changed. */
    public Builder toBuilder() {
        Builder builder = new Builder(name);
        builder.guests = guests;
        builder.session = session;
        builder.host.addAll(host);
        builder.work = work;
        builder.seconds = seconds;
        builder.watchdog = watchdog;
        return builder;
    }

    @Override
    public long hertz() {
        return hostCompetes() || guests.sharing() ? 0 : session.hertz();
    }

    @Override
    public boolean hostCompetes() {
        return !host.isEmpty();
    }

    @Override
    public Result run(Cpu cpu, VpmuDesign design) {
        return new ProfileRun(this, cpu, design).run();
    }

    /** Makes scenarios. */
    public static final class Builder {

        private final String name;
        private Guests guests = Guests.alone(1);
        private GuestSession session = new GuestSession(List.of("cycles"), 0, 0);
        private final List<HostSession> host = new ArrayList<>();
        private Workload work = Workload.USUAL;
        private double seconds = 1;
        private boolean watchdog;

        private Builder(String name) {
            this.name = name;
        }

        /** Its guests; one alone if nothing is said. */
        public Builder guests(Guests next) {
            guests = next;
            return this;
        }

        /** Each guest's perf counts events, by name or role. */
        public Builder counting(String... events) {
            session = new GuestSession(List.of(events), 0, 0);
            return this;
        }

        /** Each guest's perf samples an event so often a second of guest time. */
        public Builder sampling(String event, long hertz) {
            session = new GuestSession(List.of(event), hertz, 0);
            return this;
        }

        /** Each guest's perf counts as many events as there are counters, and {@code more}, in turns. */
        public Builder multiplexing(int more) {
            session = new GuestSession(List.of(), 0, more);
            return this;
        }

        /** What the host counts for a part of the time, after the parts that have been said. */
        public Builder host(HostSession next) {
            host.add(next);
            return this;
        }

        /** What each guest's program does. */
        public Builder work(Workload next) {
            work = next;
            return this;
        }

        /** How long each guest works, in its own time. */
        public Builder seconds(double next) {
            seconds = next;
            return this;
        }

        /** The hosts' NMI watchdogs are on; the name says so. */
        public Builder watchdog() {
            watchdog = true;
            return this;
        }

        /**
         * The scenario.
         *
         * @throws IllegalArgumentException if it lasts no time, or samples nothing
         */
        public ProfileScenario build() {
            String full = watchdog && !name.endsWith(Scenarios.WATCHDOG) ? name + Scenarios.WATCHDOG : name;
            return new ProfileScenario(full, guests, session, host, work, seconds, watchdog);
        }
    }
}
