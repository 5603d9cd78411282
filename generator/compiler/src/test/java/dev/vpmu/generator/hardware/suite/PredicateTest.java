package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** When a counter counts (domain.md §2.4): the counter asks for some things, the work offers others. */
class PredicateTest {

    private static final int CYCLES = 3;

    /** What a counter adds in a step of three cycles with one occurrence in each. */
    private static long counts(Bench bench, TestedCounter counter, Step step) {
        bench.value(counter, 0);
        bench.run(step);
        return bench.value(counter);
    }

    private static void assertCounts(boolean expected, Bench bench, TestedCounter counter, Step step, String when) {
        assertEquals(expected ? CYCLES : 0, counts(bench, counter, step), () -> counter + " " + when);
    }

    /** Off, and on if the counter has it. */
    private static boolean[] offAndOn(boolean possible) {
        return possible ? new boolean[] {false, true} : new boolean[] {false};
    }

    @OnEveryCpu("HW-1 a counter counts iff it is enabled locally and globally, nothing is frozen, and the privilege level is one that it asks for")
    void predicate(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        List<WordPart> frozen = Need.FROZEN_BIT.isMetBy(cpu) ? cpu.globals().frozen() : List.of();
        for (TestedCounter counter : cpu.counters()) {
            boolean hasEnable = counter.control().knows(FieldRole.ENABLE);
            for (boolean on : offAndOn(hasEnable)) {
                for (boolean user : offAndOn(counter.has(FieldRole.USER_MODE))) {
                    for (boolean kernel : offAndOn(true)) {
                        bench.program(counter, settings(on ? Setting.ENABLE : null, user ? Setting.USER : null, kernel ? Setting.KERNEL : null));
                        for (boolean global : offAndOn(!counter.enables().isEmpty())) {
                            bench.enable(counter, global);
                            for (boolean stopped : offAndOn(!frozen.isEmpty())) {
                                frozen.forEach(part -> freeze(bench, part, stopped));
                                boolean enabled = (on || !hasEnable) && (global || counter.enables().isEmpty()) && !stopped;
                                for (int ring = 0; ring < 4; ring++) {
                                    assertCounts(enabled && (ring == 0 ? kernel : user), bench, counter, bench.steady(CYCLES, ring, TransactionState.OUTSIDE),
                                            "enable " + on + ", global " + global + ", user " + user + ", kernel " + kernel + ", frozen " + stopped
                                                    + ", ring " + ring);
                                }
                            }
                        }
                    }
                }
            }
            bench.rest();
        }
    }

    private static void freeze(Bench bench, WordPart part, boolean stopped) {
        if (stopped) {
            bench.set(part);
        } else {
            bench.clear(part);
        }
    }

    private static Setting[] settings(Setting... someAbsent) {
        return Stream.of(someAbsent).filter(Objects::nonNull).toArray(Setting[]::new);
    }

    @OnEveryCpu("HW-1 with neither user nor kernel mode a counter does not count, whatever else is set")
    void noMode(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.counters()) {
            List<Setting> settings = new ArrayList<>();
            List.of(Setting.ENABLE, Setting.INTERRUPT).stream().filter(setting -> counter.has(setting.role())).forEach(settings::add);
            bench.program(counter, settings.toArray(Setting[]::new));
            bench.enable(counter, true);
            for (int ring = 0; ring < 4; ring++) {
                assertCounts(false, bench, counter, bench.steady(CYCLES, ring, TransactionState.OUTSIDE), "in ring " + ring);
            }
        }
    }

    @OnEveryCpu("HW-1 all counters count at once, and each only what it is programmed for")
    void together(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter silent : cpu.counters()) {
            cpu.counters().forEach(counter -> {
                bench.start(counter);
                bench.value(counter, 0);
            });
            bench.stop(silent);
            bench.run(bench.steady(CYCLES));
            cpu.counters().forEach(counter -> assertEquals(counter == silent ? 0 : CYCLES, bench.value(counter), () -> counter + " without " + silent));
        }
    }

    @OnEveryCpu("HW-1 a selector asks for its event and unit mask in full")
    void eventsAreToldApart(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.counters(FieldRole.EVENT_CODE)) {
            long asked = Step.event(counter.code(), counter.umask());
            List<Long> others = new ArrayList<>();
            for (int bit = 0; bit < 31; bit++) {
                others.add(Step.event(counter.code() ^ 1 << bit, counter.umask()));
                others.add(Step.event(counter.code(), counter.umask() ^ 1 << bit));
            }
            Step.Builder without = Step.of(CYCLES);
            others.forEach(event -> without.uniform(event, CYCLES));
            bench.start(counter);
            assertCounts(false, bench, counter, without.build(), "counts an event that differs in one bit");
            assertCounts(true, bench, counter, without.uniform(asked, CYCLES).build(), "does not count its event");
            bench.stop(counter);
        }
    }

    @OnEveryCpu(value = "HW-1 an event that needs an extra register is the one that the register's value says, on the counters that use it",
            needs = {Need.COUNTERS, Need.EXTRA_REGISTERS})
    void extraRegisters(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (ExtraModel extra : cpu.cpu().extras()) {
            for (ExtraRow row : extra.rows()) {
                List<ExtraRow> ofEvent = cpu.cpu().extras().stream().flatMap(any -> any.rows().stream())
                        .filter(any -> any.code() == row.code() && any.umask() == row.umask()).toList();
                boolean isClock = cpu.cpu().clockEvents().stream().anyMatch(event -> event.code() == row.code() && event.umask() == row.umask());
                if (Need.isExtraAndPlain(cpu, row) && ofEvent.size() == 1 && !isClock) {
                    cpu.counters(FieldRole.EVENT_CODE).stream().filter(counter -> counter.control().takes(FieldRole.EVENT_CODE, row.code())
                            && counter.control().takes(FieldRole.UNIT_MASK, row.umask())).forEach(counter -> assertExtra(bench, counter, row));
                }
            }
        }
    }

    private static void assertExtra(Bench bench, TestedCounter counter, ExtraRow row) {
        int address = (int) bench.cpu.cpu().register(row.register()).orElseThrow().address();
        long event = Step.event(row.code(), row.umask());
        Step step = Step.of(10).uniform(event, 5).uniform(event, 1, 6).uniform(event, 2, 7).build();
        boolean uses = (row.counters() >>> counter.globalIndex() & 1) != 0;
        bench.start(counter);
        bench.programEvent(counter, new Loops.Selected(row.code(), row.umask()).with(counter.control().knows(FieldRole.ENABLE)
                ? new Setting[] {Setting.KERNEL, Setting.ENABLE} : new Setting[] {Setting.KERNEL}));
        long[] counts = {5, 6, 7};
        for (int value = 0; value < counts.length; value++) {
            bench.pmu.wrmsr(address, value);
            bench.value(counter, 0);
            bench.run(step);
            assertEquals((uses ? counts[value] : 5) & counter.mask(), bench.value(counter), counter + " with " + value + " in " + row.register());
        }
        bench.stop(counter);
    }

    @OnEveryCpu(value = "HW-1 a qualifier of transactions counts inside them only; what is checkpointed leaves nothing of one that aborts",
            needs = Need.TRANSACTIONS)
    void transactions(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.counters()) {
            for (boolean inTransaction : offAndOn(counter.has(FieldRole.IN_TRANSACTION))) {
                for (boolean checkpointed : offAndOn(counter.has(FieldRole.CHECKPOINTED))) {
                    List<Setting> settings = new ArrayList<>();
                    if (inTransaction) {
                        settings.add(Setting.IN_TRANSACTION);
                    }
                    if (checkpointed) {
                        settings.add(Setting.CHECKPOINTED);
                    }
                    bench.start(counter, settings.toArray(Setting[]::new));
                    String when = "qualified by transaction " + inTransaction + ", checkpoint " + checkpointed;
                    assertCounts(!inTransaction, bench, counter, bench.steady(CYCLES, 0, TransactionState.OUTSIDE), when + ", outside");
                    assertCounts(true, bench, counter, bench.steady(CYCLES, 0, TransactionState.COMMITTED), when + ", committed");
                    assertCounts(!checkpointed, bench, counter, bench.steady(CYCLES, 0, TransactionState.ABORTED), when + ", aborted");
                }
            }
            bench.stop(counter);
        }
    }

    @OnEveryCpu("HW-1 what the sibling runs counts with any-thread only, by the sibling's privilege level")
    void anyThread(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.counters()) {
            for (boolean any : offAndOn(counter.has(FieldRole.ANY_THREAD))) {
                bench.start(counter, any ? new Setting[] {Setting.ANY_THREAD} : new Setting[0]);
                for (int ring = 0; ring < 4; ring++) {
                    Step step = bench.steady(CYCLES, ring, TransactionState.OUTSIDE);
                    assertCounts(ring == 0, bench, counter, step, "own work in ring " + ring);
                    bench.value(counter, 0);
                    assertEquals(CYCLES, bench.pmu.runSibling(step, 0));
                    assertEquals(any && ring == 0 ? CYCLES : 0, bench.value(counter), counter + ", any-thread " + any + ", sibling's work in ring " + ring);
                }
            }
            bench.stop(counter);
        }
    }

    @OnEveryCpu("HW-1 a write of a control takes effect for the cycles behind it")
    void writesTakeEffectAtOnce(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.counters()) {
            Step step = bench.steady(10);
            bench.value(counter, 0);
            bench.run(bench.steady(2));
            bench.start(counter);
            bench.run(bench.steady(4));
            bench.stop(counter);
            bench.run(step);
            bench.start(counter);
            if (!counter.enables().isEmpty()) {
                bench.enable(counter, false);
                bench.run(step);
                bench.enable(counter, true);
            }
            bench.run(bench.steady(1));
            bench.stop(counter);
            assertEquals(5, bench.value(counter), counter::toString);
        }
    }
}
