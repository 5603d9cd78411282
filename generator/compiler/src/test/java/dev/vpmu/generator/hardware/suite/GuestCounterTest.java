package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.generator.hardware.suite.PmuUnderTest.Intercepted;
import dev.vpmu.runtime.hardware.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a guest's counters count. */
class GuestCounterTest {

    static List<TestedGuest> todays() {
        return TestedGuest.today(false);
    }

    static List<TestedGuest> all() {
        return Stream.of(todays(), TestedGuest.of2018(false)).flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aCounterCountsOnBeyondWhatTheGuestCanWrite(TestedGuest guest) {
        TestedCpu cpu = guest.cpu();
        Bench bench = Bench.atRest(cpu);
        Step third = Loops.step(cpu, 1_000_000_000, Map.of(EventRole.BRANCHES, 1_000_000_000L));
        for (TestedCounter counter : Loops.programmable(cpu)) {
            new GuestRun(bench).counts(counter, Loops.of(cpu, EventRole.BRANCHES).orElseThrow()).measure(List.of(third, third, third));
            assertEquals(3_000_000_000L, bench.value(counter), counter::toString);
            assertEquals(3_000_000_000L, bench.pmu.rdpmc(counter.index()), counter::toString);
            bench.rest();
        }
    }

    @ParameterizedTest
    @MethodSource("todays")
    void aFixedCounterOfInstructionsCountsWhatTheHypervisorCarriesOut(TestedGuest guest) {
        Bench bench = Bench.atRest(guest.cpu());
        TestedCounter counter = Loops.fixed(guest.cpu()).get(0);
        GuestRun run = new GuestRun(bench).counts(counter);
        bench.value(counter, 0);
        run.enable();
        bench.pmu.carriesOut(Intercepted.CPUID);
        bench.pmu.carriesOut(Intercepted.EMULATED_BRANCH);
        run.disable();
        assertEquals(3, bench.value(counter), "with the WRMSR");
    }

    @ParameterizedTest
    @MethodSource("todays")
    void aCounterCanOverflowByTheInstructionThatDisablesIt(TestedGuest guest) {
        Bench bench = Bench.atRest(guest.cpu());
        TestedCounter counter = Loops.programmable(guest.cpu()).get(0);
        GuestRun run = new GuestRun(bench).counts(counter, Loops.of(guest.cpu(), EventRole.INSTRUCTIONS).orElseThrow(), Setting.INTERRUPT);
        bench.pmu.lvtpc(Bench.NMI);
        bench.before(counter, 1);
        run.enable();
        run.disable();
        assertEquals(0, bench.value(counter));
        assertEquals(List.of(counter), bench.overflowed());
        assertTrue(bench.pmu.takePmi());
    }
}
