package dev.vpmu.examples.e5v4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.timeline.CounterOwnership;
import dev.vpmu.runtime.lab.timeline.CounterOwnership.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vpmu.intel.BroadwellEP;

class CounterOwnershipTest {

    private static final Cpu CPU = new BroadwellEP();

    static Stream<CounterOwnership> runs() {
        return CPU.designs().stream().map(design -> CounterOwnership.run(CPU, design));
    }

    private static List<Span> lane(CounterOwnership run, int lane) {
        return run.spans().stream().filter(span -> span.lane() == lane).sorted(Comparator.comparingLong(Span::from)).toList();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void nothingHasTwoOwnersAtATime(CounterOwnership run) {
        for (int lane = 0; lane < run.lanes().size(); lane++) {
            long until = 0;
            for (Span span : lane(run, lane)) {
                assertTrue(until <= span.from() && span.from() < span.to() && span.to() <= run.nanos(), span.toString());
                until = span.to();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aGuestHasCountersOnlyWhileItRuns(CounterOwnership run) {
        List<Span> running = lane(run, 0);
        assertEquals(run.nanos(), running.stream().mapToLong(span -> span.to() - span.from()).sum());
        Set<String> owners = run.spans().stream().filter(span -> span.lane() > 0).map(Span::owner).collect(Collectors.toSet());
        assertEquals(Set.of("vCPU 0", "vCPU 1", "host"), owners);
        for (Span span : run.spans()) {
            if (!span.owner().equals(CounterOwnership.HOST)) {
                assertTrue(running.stream().anyMatch(time -> time.owner().equals(span.owner()) && time.from() <= span.from() && span.to() <= time.to()), span.toString());
            }
        }
    }

    static Stream<CounterOwnership> runsOfSafeDesigns() {
        return runs().filter(run -> CPU.design(run.policy()).allowances().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("runsOfSafeDesigns")
    void theHostsEventsAreAlwaysOnSomeCounter(CounterOwnership run) {
        for (String event : List.of("NMI watchdog", "BR_INST_RETIRED.ALL_BRANCHES")) {
            long time = run.spans().stream().filter(span -> span.owner().equals(CounterOwnership.HOST) && span.how().equals(event)).mapToLong(span -> span.to() - span.from()).sum();
            assertEquals(run.nanos(), time, event);
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theSamplingGuestGetsPmis(CounterOwnership run) {
        assertTrue(run.marks().stream().filter(mark -> mark.what().equals("PMI, given to vCPU 0")).count() >= 3, run.marks().toString());
        assertTrue(run.marks().stream().noneMatch(mark -> mark.what().equals("PMI, given to vCPU 1")));
    }

    @Test
    void aGuestOwnsACounterInOneDesignAndHasHostEventsInTheOther() {
        assertEquals(Set.of("owned by the guest"), hows("RegisterOriented"));
        assertEquals(Set.of("host event made for the guest"), hows("EventOriented2018"));
    }

    private static Set<String> hows(String policy) {
        return CounterOwnership.run(CPU, CPU.design(policy)).spans().stream().filter(span -> span.lane() > 0 && !span.owner().equals(CounterOwnership.HOST)).map(Span::how)
                .collect(Collectors.toSet());
    }
}
