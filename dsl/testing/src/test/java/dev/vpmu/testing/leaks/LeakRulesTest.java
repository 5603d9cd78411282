package dev.vpmu.testing.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where bits live under policies: what keeps everything apart is left alone, and one change is one finding. */
class LeakRulesTest {

    private static final String SELECTORS = "IA32_PERFEVTSEL, IA32_FIXED_CTR_CTRL (fixed)";
    private static final String VALUES = "IA32_PMC, IA32_FIXED_CTR";
    private static final String STATUS = "IA32_PERF_GLOBAL_STATUS.ovf";
    private static final String ENABLE = "IA32_PERF_GLOBAL_CTRL.en";

    @ParameterizedTest
    @CsvSource({"EventOriented", "EventOriented2018", "RegisterOriented"})
    void whatIsShippedToRunKeepsEverythingApart(String policy) {
        assertEquals(List.of(), Leaking.shipped(Leaking.THREE, policy));
        assertEquals(List.of(), Leaking.shipped(Leaking.FIVE, policy));
    }

    @Test
    void owningEverythingWhileLoadedKeepsEverythingApart() {
        assertEquals(List.of(), Leaking.change(Leaking.THREE, "Owning", ""));
        assertEquals(List.of(), Leaking.change(Leaking.FIVE, "Owning", ""));
    }

    static Stream<Arguments> changesThatAreRight() {
        return Stream.of(
                Arguments.of("Owning", "passthrough value"),
                Arguments.of("Owning", "passthrough enable\nswitch enable  entry guest & owned  exit host & ~owned saving  by list"),
                Arguments.of("Owning", "passthrough enable\nswitch enable  entry guest  exit 0 saving  by list"),
                Arguments.of("Owning", """
                        passthrough extra
                        on load   route pmi to guest, restore extra, take all
                        on put    return owned, save extra, clear extra, route pmi to host
                        on reset  return owned, clear guest, clear extra, take all"""),
                Arguments.of("RegisterOriented", "on take  clear status, clear enable, restore selector, restore value"),
                Arguments.of("RegisterOriented", "switch enable  entry guest & owned  exit hardware & ~owned  by list"),
                Arguments.of("RegisterOriented", "owns each counter while programmed"),
                Arguments.of("RegisterOriented", "on conflict  refuse"),
                Arguments.of("RegisterOriented", "on load  merge status, route pmi to guest, take remembered, merge status"),
                Arguments.of("RegisterOriented", "on put  remember owned, merge status, return owned, merge status, route pmi to host"),
                Arguments.of("RegisterOriented", "on exit and sched in and sched out  merge status"),
                Arguments.of("Owning", "on load  merge status, route pmi to guest, take all, merge status"));
    }

    @ParameterizedTest
    @MethodSource
    void changesThatAreRight(String parent, String statements) {
        assertEquals(List.of(), Leaking.change(Leaking.THREE, parent, statements));
    }

    static Stream<Arguments> changesThatLeak() {
        return Stream.of(
                // what stays
                leak("RegisterOriented", "on return  save value, merge status, clear value", "PMU0901", SELECTORS),
                leak("RegisterOriented", "on return  clear selector, save value, merge status", "PMU0901", VALUES),
                leak("RegisterOriented", "on return  clear selector, save value, clear value", "PMU0901", STATUS),
                leak("RegisterOriented", "on take  clear status, restore value, restore selector", "PMU0901", SELECTORS),
                leak("RegisterOriented", "switch enable  entry guest & owned  exit host  by controls", "PMU0901", SELECTORS),
                leak("RegisterOriented", "on put  nothing", "PMU0901", VALUES),
                leak("Owning", "on put  nothing", "PMU0901", VALUES),
                leak("Owning", "passthrough value\n on return  clear selector, save value, merge status", "PMU0901", VALUES),
                leak("EventOriented", "switch enable  entry all & ~host-only  exit all  by controls", "PMU0901", ENABLE),
                // what shows
                leak("RegisterOriented", "switch enable  entry guest  exit host & ~owned  by controls", "PMU0914", ENABLE),
                leak("RegisterOriented", "switch enable  entry guest & owned | host  exit host & ~owned  by controls", "PMU0914", ENABLE),
                leak("RegisterOriented", "leave precise enable", "PMU0914", "IA32_PEBS_ENABLE"),
                leak("RegisterOriented", "switch precise enable  entry hardware  exit host  by list", "PMU0914", "IA32_PEBS_ENABLE"),
                leak("RegisterOriented", "passthrough precise enable\nswitch precise enable  entry guest  exit host  saving  by list", "PMU0914",
                        "IA32_DS_AREA"),
                leak("RegisterOriented", "on take  clear enable, restore value, restore selector", "PMU0914", STATUS),
                leak("RegisterOriented", "on take  clear enable, clear status, restore selector", "PMU0914", VALUES),
                leak("RegisterOriented", "passthrough rdpmc", "PMU0914", VALUES),
                leak("RegisterOriented", "intercept value  read hardware  write guest, hardware while owned", "PMU0914", VALUES),
                leak("Owning", "on conflict  refuse", "PMU0914", VALUES),
                leak("EventOriented", "switch enable  entry all  exit all & ~guest-only  by controls", "PMU0914", ENABLE),
                leak("EventOriented", "leave enable", "PMU0914", ENABLE),
                // what is lost
                leak("RegisterOriented", "on return  clear selector, merge status, clear value", "PMU0915", VALUES),
                leak("RegisterOriented", "on return  clear selector, clear value, save value, merge status", "PMU0915", VALUES),
                leak("RegisterOriented", "on return  clear selector, save value, clear status, clear value", "PMU0915", STATUS),
                leak("RegisterOriented", "on take  clear enable, clear status, restore value", "PMU0915", SELECTORS),
                leak("RegisterOriented", "on take  clear enable, clear status, restore msr IA32_PMC, restore msr IA32_FIXED_CTR, restore selector", "PMU0915",
                        "IA32_PMC"),
                leak("RegisterOriented", "intercept value  read hardware while owned else guest  write guest", "PMU0915", VALUES),
                leak("RegisterOriented", "intercept value  read hardware while owned else guest  write hardware while owned", "PMU0915", VALUES),
                leak("RegisterOriented", "intercept status  read guest  write fault", "PMU0915", STATUS),
                leak("RegisterOriented", "intercept clear  read 0  write guest", "PMU0915", STATUS),
                leak("RegisterOriented", "on overflow  request pmi", "PMU0915", STATUS),
                leak("RegisterOriented", "on reset  clear guest, return owned", "PMU0915", VALUES),
                leak("RegisterOriented", "on reset  clear guest", "PMU0915", SELECTORS),
                leak("RegisterOriented", "on load  take remembered", "PMU0915", STATUS),
                leak("Owning", "passthrough enable", "PMU0915", ENABLE),
                // what reaches too far
                leak("RegisterOriented", "intercept selector  read guest  write guest, hardware", "PMU0916", SELECTORS),
                leak("RegisterOriented", "intercept value  read hardware while owned else guest  write guest, hardware", "PMU0916", VALUES),
                leak("RegisterOriented", "on conflict  overlook", "PMU0916", ENABLE),
                leak("RegisterOriented", "on load  clear selector, route pmi to guest, take remembered", "PMU0916", SELECTORS),
                leak("RegisterOriented", "on load  clear status, route pmi to guest, take remembered", "PMU0916", STATUS),
                leak("RegisterOriented", "intercept clear  read 0  write guest, hardware", "PMU0916", STATUS),
                leak("RegisterOriented", "forbids nothing", "PMU0917", "IA32_PERFEVTSEL.any, IA32_FIXED_CTR_CTRL.any"));
    }

    private static Arguments leak(String parent, String statements, String id, String registers) {
        return Arguments.of(parent, statements, id, registers);
    }

    @ParameterizedTest
    @MethodSource
    void changesThatLeak(String parent, String statements, String id, String registers) {
        List<String> found = Leaking.change(Leaking.THREE, parent, statements);
        assertEquals(1, found.size(), () -> String.join("\n", found));
        assertTrue(found.get(0).startsWith(id + " ") && found.get(0).contains("] " + registers + ": "), found.get(0));
    }

    @Test
    void theMessageSaysWhatWhenAndWhose() {
        assertEquals(List.of("PMU0901 [on return  save value, merge status, clear value] IA32_PERFEVTSEL, IA32_FIXED_CTR_CTRL (fixed): after the guest's "
                + "access, after schedule-out, after put (in user space), after reset the hardware still holds the guest's selector of a counter that "
                + "the host uses again; 'on return' does not clear it"),
                Leaking.change(Leaking.THREE, "RegisterOriented", "on return  save value, merge status, clear value"));
    }

    @Test
    void whatAParentSaysIsReportedAtThePolicy() {
        List<String> found = Leaking.change(Leaking.THREE, "RegisterOriented", "leave precise enable");
        assertTrue(found.get(0).startsWith("PMU0914 [Changed] "), found.get(0));
    }

    @Test
    void anExtraRegisterThatIsPassedThroughIsLeftAndShownAndOutlivesAReset() {
        assertEquals(List.of("PMU0901", "PMU0914", "PMU0915"), ids(Leaking.change(Leaking.THREE, "RegisterOriented", "passthrough extra")));
    }

    @Test
    void anExtraRegisterOfTheCoreIsTheSiblingsToo() {
        String kept = """
                passthrough extra
                on load   route pmi to guest, restore extra, take all
                on put    return owned, save extra, clear extra, route pmi to host
                on reset  return owned, clear guest, clear extra, take all
                """;
        assertEquals(List.of("PMU0917"), ids(Leaking.change(Leaking.FIVE, "Owning", kept)));
    }

    @Test
    void whichCountersAreInUseIsTheHostsAffair() {
        assertEquals(List.of("PMU0914"), ids(Leaking.change(Leaking.FIVE, "RegisterOriented", "passthrough usage")));
        assertEquals(List.of(), ids(Leaking.change(Leaking.FIVE, "Owning", "passthrough usage")));
    }

    @Test
    void aCounterOfTheHostThatIsPassedThroughIsReadAndWritten() {
        assertEquals(List.of("PMU0914", "PMU0916"), ids(Leaking.change(Leaking.THREE, "RegisterOriented", "passthrough value")));
    }

    @Test
    void aMergeBeforeTheHostsEventHasGoneTakesItsOverflow() {
        assertEquals(List.of("PMU0914", "PMU0915", "PMU0916"), ids(Leaking.change(Leaking.THREE, "RegisterOriented",
                "on take  merge status, clear enable, clear status, restore value, restore selector\non conflict  overlook")));
    }

    @Test
    void anyThreadIsGoneInVersionFive() {
        assertEquals(List.of(), Leaking.change(Leaking.FIVE, "RegisterOriented", "forbids nothing"));
    }

    @Test
    void comingAndGoingWithTheSchedulerOnlyForgetsUserSpaceAndTheFirstRun() {
        List<String> found = Leaking.change(Leaking.THREE, "Owning", """
                on load       nothing
                on put        nothing
                on sched in   route pmi to guest, take all
                on sched out  return owned, route pmi to host
                """);
        assertEquals(List.of("PMU0901", "PMU0914", "PMU0915"), ids(found));
    }

    private static List<String> ids(List<String> findings) {
        return findings.stream().map(finding -> finding.substring(0, "PMU0000".length())).distinct().sorted().toList();
    }
}
