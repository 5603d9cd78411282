package dev.vpmu.cpus.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A book of what each host event must have counted: the work that was done while it was on a counter; and what must hold of all of them. */
final class NaiveHost {

    private final Machine machine;
    private final EventContext task;
    /** What has been counted, of all events that are open. */
    private final Map<PerfEvent, Long> counts = new LinkedHashMap<>();
    private boolean taskRuns;

    NaiveHost(Machine machine, EventContext task) {
        this.machine = machine;
        this.task = task;
    }

    List<PerfEvent> events() {
        return new ArrayList<>(counts.keySet());
    }

    void opened(PerfEvent event) {
        counts.put(event, 0L);
    }

    void closed(PerfEvent event) {
        assertEquals(counts.remove(event), event.count(), event::toString);
    }

    void taskRuns(boolean runs) {
        taskRuns = runs;
    }

    boolean taskRuns() {
        return taskRuns;
    }

    /* ------------------------------------------------------------- counts */

    void work(Step step) {
        counts.replaceAll((event, count) -> count + (counts(event, step.ring()) ? work(event).each : 0));
        machine.work(step);
    }

    private static boolean counts(PerfEvent event, int ring) {
        EventAttributes attributes = event.attributes();
        return event.state() == State.ACTIVE && !attributes.excludesHost() && !(ring == 0 ? attributes.excludesKernel() : attributes.excludesUser());
    }

    static Work work(PerfEvent event) {
        return Work.valueOf(event.name());
    }

    /** Every event has what it must have. */
    void checkCounts() {
        counts.forEach((event, count) -> {
            assertEquals(count, event.read(), event::toString);
            assertEquals(event.samplePeriod() == 0 ? 0 : count / event.samplePeriod(), event.samples(), () -> "samples of " + event + ", " + count + " in all");
        });
    }

    /* ------------------------------------------------------------- places */

    void check(long reserved) {
        assertEquals(List.of(), machine.reports.next().stream().filter(line -> line.contains("collides")).toList());
        assertEquals(reserved, machine.perf.reservedCounters());
        assertEquals(counts.size() + (reserved == 0 ? 0 : 1), machine.system.activeEvents());
        long taken = 0;
        long guestOnly = 0;
        for (PerfEvent event : counts.keySet()) {
            checkState(event);
            if (event.state() == State.ACTIVE) {
                long own = 1L << event.counter();
                assertEquals(0, own & (taken | reserved), () -> event + " with " + Long.toHexString(reserved) + " reserved");
                assertTrue((own & allowed(work(event))) != 0, event::toString);
                taken |= own;
                guestOnly |= event.attributes().excludesHost() ? own : 0;
            }
        }
        assertEquals(taken, machine.perf.activeCounters());
        // a counter that came back is enabled with perf's next write, at the latest when an event is put on it
        assertEquals(0, machine.control() & (guestOnly | reserved));
        assertEquals(0, machine.perf.activeCounters() & ~guestOnly & ~machine.control());
    }

    private void checkState(PerfEvent event) {
        PerfEvent leader = event.leader();
        if (leader != event) {
            assertTrue(leader.state() == State.ACTIVE ? event.state() == State.ACTIVE || event.state() == State.OFF : event.state() != State.ACTIVE,
                    () -> event + " of " + leader);
        } else if (event.attributes().isPinned()) {
            assertFalse(event.state() == State.INACTIVE && isPresent(event), () -> event + " is pinned");
        }
    }

    private boolean isPresent(PerfEvent event) {
        return event.context() != task || taskRuns;
    }

    static long allowed(Work work) {
        return switch (work) {
            case CYCLES -> 0x2_0000_000FL;
            case INSTRUCTIONS -> 0x1_0000_000FL;
            case REFERENCE_CYCLES -> 0x4_0000_0000L;
            case PENDING -> 4;
            default -> 0xF;
        };
    }

    /* ------------------------------------------------------------- what fits */

    /** The events on the PMU, by whether their group is pinned. */
    List<PerfEvent> active(boolean pinnedOnly) {
        return counts.keySet().stream().filter(event -> event.state() == State.ACTIVE && (!pinnedOnly || event.leader().attributes().isPinned())).toList();
    }

    List<PerfEvent> inError() {
        return counts.keySet().stream().filter(event -> event.state() == State.ERROR).toList();
    }

    /** Whether events have places together beside the reserved counters. */
    boolean fit(List<PerfEvent> events, long reserved) {
        return machine.perf.verdict(events.stream().map(PerfEvent::attributes)
                .map(attributes -> attributes.toBuilder().counters(attributes.counters() & ~reserved).build()).toList()).isAccepted();
    }

    /** Whether they have with a group that is not there. */
    boolean fitWith(PerfEvent leader, List<PerfEvent> events, long reserved) {
        List<PerfEvent> all = new ArrayList<>(events);
        all.add(leader);
        leader.siblings().stream().filter(sibling -> sibling.state() != State.OFF).forEach(all::add);
        return fit(all, reserved);
    }

    /** Of each context whose flexible groups wait, one at least has no place. */
    void checkNobodyWaitsInVain(long reserved) {
        for (EventContext context : List.of(machine.perf.cpuContext(), task)) {
            List<PerfEvent> waiting = counts.keySet().stream().filter(event -> event.context() == context && event.leader() == event
                    && event.state() == State.INACTIVE && isPresent(event)).toList();
            assertTrue(waiting.isEmpty() || waiting.stream().anyMatch(leader -> !fitWith(leader, active(false), reserved)),
                    () -> waiting + " beside " + active(false) + " with " + Long.toHexString(reserved) + " reserved");
        }
    }
}
