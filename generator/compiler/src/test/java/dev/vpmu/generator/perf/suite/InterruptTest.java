package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.generator.hardware.suite.TestedCounter;
import dev.vpmu.generator.hardware.suite.WordPart;
import dev.vpmu.generator.perf.suite.Journal.Access;
import dev.vpmu.generator.perf.suite.Journal.Kind;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.registers.LvtEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The NMI handler (domain.md §4.7). */
class InterruptTest {

    private static final long PERIOD = 1_000;

    private static Asked asked(PerfCpu cpu) {
        return cpu.asked().unconstrained().get(0);
    }

    private static PerfEvent sampled(Machine machine) {
        return machine.open(asked(machine.cpu).attributes().period(PERIOD));
    }

    private static Set<Integer> addresses(List<WordPart> parts) {
        return parts.stream().map(WordPart::address).collect(Collectors.toSet());
    }

    private static Predicate<Access> readsStatus(PerfCpu cpu) {
        Set<Integer> status = addresses(cpu.counters().stream().flatMap(counter -> counter.overflows().stream()).toList());
        return access -> access.kind() == Kind.READ && status.contains(access.address());
    }

    /** Lets counters run, by a register for all or by the counter's own. */
    private static Predicate<Access> enables(PerfCpu cpu) {
        Set<Integer> all = cpu.globals().registers(RegisterRole.ENABLE).stream().map(register -> (int) register.address()).collect(Collectors.toSet());
        Set<Integer> own = addresses(cpu.counters().stream().filter(counter -> counter.enables().isEmpty()).map(counter -> counter.control().word()).toList());
        return access -> access.kind() == Kind.WRITE && access.value() != 0 && (all.contains(access.address()) || own.contains(access.address()));
    }

    private static Predicate<Access> unmasks() {
        return access -> access.equals(new Access(Kind.LVTPC, 0, LvtEntry.LVTPC_NMI));
    }

    /* ------------------------------------------------------------- whose it is */

    @OnEveryCpu("§4.7 without active events an NMI is not mine, and nothing is touched")
    void notMine(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        machine.journal.take();
        assertEquals(0, machine.core.nmi());
        assertEquals(List.of(), machine.journal.take());
        PerfEvent event = sampled(machine);
        assertEquals(1, machine.system.activeEvents());
        machine.run(1);
        machine.core.close(event);
        assertEquals(0, machine.system.activeEvents());
        machine.journal.take();
        assertEquals(0, machine.core.nmi());
        assertEquals(List.of(), machine.journal.take());
    }

    @OnEveryCpu("§4.7 an NMI while nothing has overflowed is not mine either, and disturbs no counter")
    void nothingOverflowed(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent event = sampled(machine);
        machine.run(1);
        long left = machine.left(event.counter());
        assertEquals(0, machine.core.nmi());
        assertEquals(left, machine.left(event.counter()));
        assertEquals(LvtEntry.LVTPC_NMI, machine.hardware.lvtpc());
        machine.run(1);
        assertEquals(2 * cpu.work().of(asked(cpu)), event.read());
        machine.assertHardwareFollows();
    }

    @OnEveryCpu("§4.7 an NMI while the PMU is disabled leaves it so")
    void whileDisabled(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent event = sampled(machine);
        machine.core.disable();
        machine.core.nmi();
        machine.run(1);
        assertEquals(0, event.read());
        machine.core.enable();
        machine.run(1);
        assertEquals(cpu.work().of(asked(cpu)), event.read());
    }

    @OnEveryCpu("§4.7 counters that overflow together are sampled by one PMI, and go on after it")
    void severalCounters(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> events = new ArrayList<>();
        for (int i = 0; i < cpu.general().size(); i++) {
            events.add(sampled(machine));
        }
        machine.burst(asked(cpu), PERIOD);
        assertEquals(List.of(events.size()), machine.takeHandled());
        events.forEach(event -> assertEquals(1, event.samples(), event::toString));
        machine.burst(asked(cpu), PERIOD);
        assertEquals(List.of(events.size()), machine.takeHandled());
        events.forEach(event -> assertEquals(2, event.samples(), event::toString));
        events.forEach(event -> assertEquals(2 * PERIOD, event.read(), event::toString));
        cpu.counters().stream().flatMap(counter -> counter.overflows().stream()).forEach(part -> assertEquals(0, machine.read(part), "status is clear"));
    }

    @OnEveryCpu("§4.7 of several events only those that overflowed are sampled")
    void oneOfSeveral(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent one = sampled(machine);
        PerfEvent other = machine.open(cpu.asked().unconstrained().get(1).attributes().period(PERIOD));
        machine.burst(asked(cpu), PERIOD);
        assertEquals(1, one.samples());
        assertEquals(0, other.samples());
        assertEquals(List.of(1), machine.takeHandled());
        assertEquals(PERIOD, machine.left(other.counter()));
    }

    @OnEveryCpu("§4.7 an overflow of a counter that has lost its event meanwhile disturbs nothing")
    void lateOverflow(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        machine.hardware.pmiSkid(3);
        PerfEvent gone = sampled(machine);
        PerfEvent stays = machine.open(cpu.asked().unconstrained().get(1).attributes().period(PERIOD));
        machine.burst(asked(cpu), PERIOD);
        assertEquals(List.of(), machine.takeHandled(), "on its way");
        machine.core.close(gone);
        machine.run(1);
        assertEquals(1, machine.takeHandled().size());
        assertEquals(0, gone.samples());
        assertEquals(PERIOD, gone.read());
        machine.run(1);
        assertEquals(2 * cpu.work().of(cpu.asked().unconstrained().get(1)), stays.read());
        machine.assertHardwareFollows();
    }

    /* ------------------------------------------------------------- order of accesses */

    /** What the handler did for one sample. */
    private static List<Access> handling(Machine machine) {
        PerfEvent event = sampled(machine);
        machine.journal.take();
        machine.burst(asked(machine.cpu), PERIOD);
        assertEquals(1, event.samples());
        return machine.journal.take();
    }

    @OnEveryCpu(value = "§4.7 LVTPC is unmasked before the status is read", needs = {Need.ACKNOWLEDGED_EARLY, Need.MASKS_ITSELF, Need.GLOBAL_ENABLES})
    void early(PerfCpu cpu) {
        List<Access> accesses = handling(Machine.of(cpu));
        int unmasked = Journal.last(accesses, unmasks());
        assertTrue(unmasked >= 0, accesses::toString);
        assertEquals(-1, Journal.last(accesses.subList(0, unmasked), readsStatus(cpu)), accesses::toString);
        assertTrue(Journal.last(accesses, enables(cpu)) > unmasked, accesses::toString);
    }

    @OnEveryCpu(value = "§4.7 LVTPC is unmasked when everything else is done", needs = {Need.ACKNOWLEDGED_LATE, Need.MASKS_ITSELF})
    void late(PerfCpu cpu) {
        List<Access> accesses = handling(Machine.of(cpu));
        assertEquals(accesses.size() - 1, Journal.last(accesses, unmasks()), accesses::toString);
        assertEquals(1, accesses.stream().filter(unmasks()).count(), accesses::toString);
    }

    @OnEveryCpu(value = "§4.7 everything is disabled before a counter is touched, and enabled when all are done", needs = Need.GLOBAL_ENABLES)
    void disabledMeanwhile(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<Access> accesses = handling(machine);
        Set<Integer> values = cpu.counters().stream().flatMap(counter -> counter.values().stream().map(register -> (int) register.addressOf(counter.index())))
                .collect(Collectors.toSet());
        int written = Journal.last(accesses, access -> access.kind() == Kind.WRITE && values.contains(access.address()));
        assertTrue(written >= 0, accesses::toString);
        assertTrue(Journal.last(accesses, enables(cpu)) > written, accesses::toString);
        assertEquals(Kind.WRITE, accesses.stream().filter(access -> access.kind() != Kind.LVTPC).findFirst().orElseThrow().kind(), accesses::toString);
        assertFalse(accesses.subList(0, written).stream().anyMatch(enables(cpu)), accesses::toString);
        TestedCounter counter = cpu.general().get(0);
        assertTrue(machine.isEnabled(counter) && machine.isStarted(counter));
    }

    @OnEveryCpu(value = "§4.7 what a PMI froze runs again afterwards", needs = Need.FREEZES)
    void frozen(PerfCpu cpu) {
        for (FreezeModel freeze : Need.freezes(cpu)) {
            Machine machine = Machine.of(cpu);
            WordPart flag = cpu.globals().flag(freeze);
            WordPart changed = cpu.globals().changed(freeze);
            machine.hardware.wrmsr(flag.address(), machine.hardware.rdmsr(flag.address()) & flag.writable() | flag.mask());
            machine.hardware.pmiSkid(2);
            PerfEvent event = sampled(machine);
            PerfEvent other = machine.open(cpu.asked().unconstrained().get(1).attributes());
            long enabled = machine.read(changed);
            machine.burst(asked(cpu), PERIOD);
            assertEquals(freeze.sets() ? changed.mask() : 0, machine.read(changed), "frozen until the PMI is there");
            machine.run(1);
            assertEquals(List.of(1), machine.takeHandled());
            assertEquals(freeze.sets() ? 0 : enabled, machine.read(changed), "as before");
            long counted = other.read();
            machine.run(1);
            assertEquals(counted + cpu.work().of(cpu.asked().unconstrained().get(1)), other.read());
            assertTrue(counted > 0 && event.read() > PERIOD);
        }
    }
}
