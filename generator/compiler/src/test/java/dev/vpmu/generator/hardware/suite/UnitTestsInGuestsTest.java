package dev.vpmu.generator.hardware.suite;

import static dev.vpmu.generator.hardware.suite.Deviation.fails;
import static dev.vpmu.generator.hardware.suite.Deviation.isNotThere;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.EventRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What kvm-unit-tests' x86/pmu.c measures, as a guest runs it (domain.md §12.1): {@link UnitTestsTest} and {@link UnitTestsOverflowTest} on
 * the virtual PMUs that policies declare: events of the host's, and counters of its own. Where the guest's CPU has full-width addresses, all of
 * it is done through these again.
 *
 * <p>A table says what does not pass. What it says fails has to fail, and just so.
 */
class UnitTestsInGuestsTest {

    private static final String UNACCOUNTED = "the WRMSR that disables the counters retires in the hypervisor, which accounts for nothing: 10 N + 16";
    private static final String SILENT = "an overflow that asks for no PMI is seen in hardware only, D17";
    private static final String NO_FULL_WIDTH = "guests have no full-width addresses yet";

    /** The virtual PMU of 2018, without the watchdog. */
    private static final List<Deviation> OF_2018 = List.of(
            fails("gpCounters", UNACCOUNTED, cpu -> eachGeneral(cpu, " counts INSTRUCTIONS: 10000016")),
            fails("exactCounts", UNACCOUNTED, cpu -> eachGeneral(cpu, " counts instructions ==> expected: <10000017> but was: <10000016>")),
            fails("fixedCounters", UNACCOUNTED, cpu -> List.of("fixed[0]: 10000016")),
            fails("allCounters", UNACCOUNTED, cpu -> allCounters(cpu, false, (counters, run) -> "none")),
            fails("emulatedInstruction", "neither emulated branches nor CPUIDs nor the WRMSR are accounted for: 5 branches and 11 instructions are missing",
                    cpu -> List.of("gp[0] counts branches ==> expected: <0> but was: <281474976710651>",
                            "gp[1] counts instructions ==> expected: <0> but was: <281474976710645>", "expected: <[gp[0], gp[1]]> but was: <[]>")),
            fails("runningCounterWrmsr", "a write to a counter that counts leaves its event the old period, so that -1 does not overflow",
                    cpu -> List.of("gp[0] has overflowed ==> expected: <true> but was: <false>")),
            fails("rdpmc", "a guest's write of a fixed counter sign-extends 32 bits, as one of a general counter does",
                    cpu -> eachFixed(cpu, " ==> expected: <ff0123456789> but was: <23456789>")),
            isNotThere("fullWidthOverflow", NO_FULL_WIDTH),
            isNotThere("fullWidthReads", NO_FULL_WIDTH));

    private static final String LAST_GENERAL = "the watchdog's cycles are on a general counter; the guest loses the last one, whose event comes last";

    /** Today's virtual PMU, with the watchdog. */
    private static final List<Deviation> TODAY_WITH_WATCHDOG = List.of(
            fails("allCounters", "the watchdog has fixed counter 1, or a general one. First the guest loses fixed counter 1, whose event came last of "
                    + "those that want the same counters; later, with fixed counters' events resumed and the others created anew, the last general counter",
                    cpu -> allCounters(cpu, true, (counters, run) -> hasRows(cpu) && run == 0 ? "fixed[1]" : lastOf(counters))),
            fails("transactions", LAST_GENERAL, UnitTestsInGuestsTest::transactions));

    /** The virtual PMU of 2018, with the watchdog: these, and those without it. */
    private static final List<Deviation> OF_2018_WITH_WATCHDOG = Stream.concat(Stream.of(
            fails("allCounters", UNACCOUNTED + "; and the watchdog has fixed counter 1, or a general one. As events are created one by one in the order of "
                    + "the counters, the guest loses fixed counter 1, or where only general counters count what it counts, the last one",
                    cpu -> allCounters(cpu, false, (counters, run) -> hasRows(cpu) ? "fixed[1]" : lastOf(counters))),
            fails("transactions", LAST_GENERAL, UnitTestsInGuestsTest::transactions)),
            OF_2018.stream().filter(deviation -> !deviation.test().equals("allCounters"))).toList();

    /** Counters that guests own, as the series was posted. */
    private static final List<Deviation> AS_POSTED = List.of(
            fails("gpCounters", UNACCOUNTED, cpu -> eachGeneral(cpu, " counts INSTRUCTIONS: 10000016")),
            fails("exactCounts", UNACCOUNTED, cpu -> eachGeneral(cpu, " counts instructions ==> expected: <10000017> but was: <10000016>")),
            fails("fixedCounters", UNACCOUNTED, cpu -> List.of("fixed[0]: 10000016")),
            fails("allCounters", UNACCOUNTED, cpu -> allCounters(cpu, false, (counters, run) -> "none")),
            fails("emulatedInstruction", "neither emulated branches nor CPUIDs nor the WRMSR are accounted for, D26",
                    cpu -> List.of("gp[0] counts branches ==> expected: <0> but was: <281474976710651>",
                            "gp[1] counts instructions ==> expected: <0> but was: <281474976710645>", "expected: <[gp[0], gp[1]]> but was: <[]>")),
            fails("invalidRdpmc", "a counter that is not there is looked up, D20", cpu -> List.of("Unexpected exception type thrown, "
                    + "expected: <dev.vpmu.runtime.registers.GeneralProtectionFault> but was: <java.lang.IllegalStateException>")),
            fails("overflow", SILENT, cpu -> List.of("expected: <[gp[0]]> but was: <[]>")),
            fails("runningCounterWrmsr", SILENT, cpu -> List.of("gp[0] has overflowed ==> expected: <true> but was: <false>")),
            fails("rdpmc", "guests have no full-width addresses, D12", cpu -> List.of(faults("WRMSR of 0x4C1 with 0xFF0123456789"))),
            fails("fullWidthOverflow", "the same", cpu -> List.of(faults("WRMSR of 0x4C1 with 0xFFFFFF676971"))),
            fails("fullWidthReads", "the same", cpu -> List.of(faults("RDMSR of 0x4C1"))));

    /* ------------------------------------------------------------- what fails */

    private static List<String> eachGeneral(TestedCpu cpu, String message) {
        return Loops.programmable(cpu).stream().map(counter -> counter + message).toList();
    }

    private static String faults(String access) {
        return "dev.vpmu.runtime.registers.GeneralProtectionFault: #GP(0): " + access;
    }

    private static List<String> eachFixed(TestedCpu cpu, String message) {
        return Loops.fixed(cpu).stream().map(counter -> counter + message).toList();
    }

    /** Whether the CPU says what fixed counters count as selectors' events, so that those may go elsewhere. */
    private static boolean hasRows(TestedCpu cpu) {
        return !cpu.cpu().constraints().isEmpty();
    }

    private static String lastOf(List<TestedCounter> counters) {
        return counters.get(counters.size() - 1).toString();
    }

    /** All general counters count cycles with qualifiers, which no fixed counter does. */
    private static List<String> transactions(TestedCpu cpu) {
        return hasRows(cpu) ? List.of() : List.of(lastOf(Loops.programmable(cpu)) + " ==> expected: <100> but was: <0>");
    }

    /**
     * What fails if all counters count at once, seven times.
     *
     * @param accounted whether what the hypervisor carries out is counted
     * @param lost of the general counters and the run's number, the counter that is lost: it only counts what is accounted for
     */
    private static List<String> allCounters(TestedCpu cpu, boolean accounted, BiFunction<List<TestedCounter>, Integer, String> lost) {
        List<String> failures = new ArrayList<>();
        List<TestedCounter> counters = Loops.programmable(cpu);
        for (int run = 0; run < Loops.SEVEN.size(); run++) {
            String without = lost.apply(counters, run);
            for (int i = 0; i < counters.size(); i++) {
                EventRole role = Loops.SEVEN.get((run + i) % Loops.SEVEN.size());
                String counter = counters.get(i).toString();
                if (counter.equals(without)) {
                    failures.add(counter + " counts " + role + ": " + (accounted && role == EventRole.INSTRUCTIONS ? 1 : 0));
                } else if (!accounted && role == EventRole.INSTRUCTIONS) {
                    failures.add(counter + " counts INSTRUCTIONS: 10000016");
                }
            }
            if (!accounted) {
                failures.add("fixed[0]: 10000016");
            }
            if (without.equals("fixed[1]")) {
                failures.add("fixed[1]: 0");
            }
        }
        return failures;
    }

    /* ------------------------------------------------------------- the runs */

    @TestFactory
    Stream<DynamicTest> allOfItPassesInTodaysGuests() {
        return tests(TestedGuest.today(false), List.of());
    }

    @TestFactory
    Stream<DynamicTest> inGuestsOf2018WhatTheTableSaysFails() {
        return tests(TestedGuest.of2018(false), OF_2018);
    }

    @TestFactory
    Stream<DynamicTest> withTheWatchdogTodaysGuestsLoseOneCounter() {
        return tests(TestedGuest.today(true), TODAY_WITH_WATCHDOG);
    }

    @TestFactory
    Stream<DynamicTest> withTheWatchdogGuestsOf2018LoseOneCounter() {
        return tests(TestedGuest.of2018(true), OF_2018_WITH_WATCHDOG);
    }

    @TestFactory
    Stream<DynamicTest> seed30AllOfItPassesInGuestsThatOwnTheirCounters() {
        return tests(TestedGuest.owning(false), List.of());
    }

    @TestFactory
    Stream<DynamicTest> withTheWatchdogAllOfItPassesInGuestsThatOwnTheirCounters() {
        return tests(TestedGuest.owning(true), List.of());
    }

    @TestFactory
    Stream<DynamicTest> seed30InGuestsAsPostedWhatTheTableSaysFails() {
        return tests(TestedGuest.asPosted().stream(), AS_POSTED);
    }

    @Test
    void everyRowIsAboutATest() {
        Set<String> names = UnitTestCase.all().stream().map(UnitTestCase::name).collect(Collectors.toSet());
        Stream.of(OF_2018, TODAY_WITH_WATCHDOG, OF_2018_WITH_WATCHDOG, AS_POSTED).flatMap(List::stream).forEach(row -> assertTrue(names.contains(row.test()), row::test));
    }

    private static Stream<DynamicTest> tests(List<TestedGuest> guests, List<Deviation> table) {
        return tests(guests.stream().flatMap(guest -> guest.accessed().stream()), table);
    }

    private static Stream<DynamicTest> tests(Stream<TestedGuest> guests, List<Deviation> table) {
        return guests.flatMap(guest -> UnitTestCase.all().stream()
                .filter(test -> test.appliesTo(guest.host())).map(test -> test(guest, test, row(table, test, guest.cpu()))));
    }

    /** What the table says of a test; nothing if that passes. */
    private static Optional<Deviation> row(List<Deviation> table, UnitTestCase test, TestedCpu cpu) {
        return table.stream().filter(row -> row.test().equals(test.name())).filter(row -> row.isNotThere() || !row.failures().apply(cpu).isEmpty()).findFirst();
    }

    private static DynamicTest test(TestedGuest guest, UnitTestCase test, Optional<Deviation> row) {
        boolean isThere = row.map(deviation -> !deviation.isNotThere()).orElse(true);
        String verdict = row.map(deviation -> (isThere ? ", fails: " : ", is not there: ") + deviation.why()).orElse("");
        return DynamicTest.dynamicTest(test + ", in " + guest + verdict, () -> {
            assertEquals(isThere, test.appliesTo(guest.cpu()), () -> guest + " has what " + test.name() + " needs");
            if (isThere) {
                List<String> expected = row.map(deviation -> deviation.failures().apply(guest.cpu())).orElse(List.of());
                assertEquals(expected, test.failures(guest.cpu()).stream().map(UnitTestsInGuestsTest::withoutRange).toList());
            }
        });
    }

    private static String withoutRange(String failure) {
        return failure.replaceFirst(" is not between .*", "");
    }
}
