package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What guests run to test a PMU, as steps of work, and the events that they ask for. */
final class Loops {

    /** The first seven events of leaf 0xA, in the order of their bits. */
    static final List<EventRole> SEVEN = List.of(EventRole.CYCLES, EventRole.INSTRUCTIONS, EventRole.BUS_CYCLES, EventRole.CACHE_REFERENCES,
            EventRole.CACHE_MISSES, EventRole.BRANCHES, EventRole.BRANCH_MISSES);

    /** The narrowest counter that holds what the loops give. */
    private static final int WIDE = 32;

    /** An event that selectors ask for by its code and unit mask alone. */
    record Selected(int code, int umask) {

        Setting[] with(Setting... settings) {
            List<Setting> all = new ArrayList<>(List.of(settings));
            all.add(Setting.code(code));
            all.add(Setting.umask(umask));
            return all.toArray(Setting[]::new);
        }
    }

    private Loops() {
    }

    /** The event of a role that every wide selector can ask for. */
    static Optional<Selected> of(TestedCpu cpu, EventRole role) {
        return cpu.cpu().events().stream().filter(event -> event.role().equals(Optional.of(role))).flatMap(event -> selected(cpu, event).stream()).findFirst();
    }

    private static Optional<Selected> selected(TestedCpu cpu, EventModel event) {
        if (!(event.encoding() instanceof EventEncoding.Programmable asked) || programmable(cpu).isEmpty()) {
            return Optional.empty();
        }
        boolean extra = cpu.cpu().extras().stream().flatMap(of -> of.rows().stream()).anyMatch(row -> row.code() == asked.code() && row.umask() == asked.umask());
        boolean everywhere = programmable(cpu).stream().map(TestedCounter::control).allMatch(control -> control.takes(FieldRole.EVENT_CODE, asked.code())
                && control.takes(FieldRole.UNIT_MASK, asked.umask())
                && (control.in(FieldRole.EVENT_CODE, asked.code()) | control.in(FieldRole.UNIT_MASK, asked.umask())) == asked.selector());
        return extra || !everywhere ? Optional.empty() : Optional.of(new Selected(asked.code(), asked.umask()));
    }

    /** The counters with selectors that are wide enough. */
    static List<TestedCounter> programmable(TestedCpu cpu) {
        return cpu.all().stream().filter(counter -> counter.isProgrammable() && counter.bank().width() >= WIDE).toList();
    }

    /** The counters that count one thing only, and are wide enough. */
    static List<TestedCounter> fixed(TestedCpu cpu) {
        return cpu.all().stream().filter(counter -> !counter.isProgrammable() && counter.bank().width() >= WIDE).toList();
    }

    /** A step with so many occurrences of the events with a role; what only one counter counts is as frequent as slots. */
    static Step step(TestedCpu cpu, long cycles, Map<EventRole, Long> occurrences) {
        Step.Builder step = Step.of(cycles);
        cpu.cpu().fixedEvents().stream().filter(row -> row.event() instanceof CountedEvent.Own)
                .forEach(row -> step.uniform(Step.eventOfCounter(row.globalIndex()), occurrences.getOrDefault(EventRole.SLOTS, 0L)));
        occurrences.forEach((role, n) -> of(cpu, role).ifPresent(event -> step.uniform(Step.event(event.code(), event.umask()), n)));
        return step.build();
    }

    /** The WRMSR that disables the counters: it is counted, and takes effect behind itself. */
    static Step disablingWrmsr(TestedCpu cpu) {
        return step(cpu, 100, Map.of(EventRole.INSTRUCTIONS, 1L));
    }

    /* ------------------------------------------------------------- what kvm-unit-tests run */

    /** How often its loop is run. */
    static final long N = 1_000_000;

    /**
     * The loop of ten instructions, a flush and a fence before it, and a block of nine instructions with two branches behind it that
     * brings a misprediction. With the WRMSR that disables the counters, and five moves that load registers, there are 10 N + 17
     * instructions and N + 2 branches: the sums are the tests' own, how the last six are split is ours.
     */
    static List<Step> unitTest(TestedCpu cpu) {
        return List.of(step(cpu, 300, Map.of(EventRole.INSTRUCTIONS, 2L, EventRole.CACHE_REFERENCES, 1L, EventRole.CACHE_MISSES, 1L)),
                step(cpu, 5, Map.of(EventRole.INSTRUCTIONS, 5L)),
                loop(cpu),
                step(cpu, 100, Map.of(EventRole.INSTRUCTIONS, 9L, EventRole.BRANCHES, 2L, EventRole.BRANCH_MISSES, 1L)));
    }

    private static Step loop(TestedCpu cpu) {
        return step(cpu, 5 * N / 2, Map.of(EventRole.INSTRUCTIONS, 10 * N, EventRole.BRANCHES, N, EventRole.BRANCH_MISSES, 1L, EventRole.CACHE_REFERENCES, 2L));
    }

    /** Instructions of no particular kind. */
    static Step instructions(TestedCpu cpu, long n) {
        return step(cpu, n, Map.of(EventRole.INSTRUCTIONS, n));
    }

    /** A branch that is not taken. */
    static Step branch(TestedCpu cpu) {
        return step(cpu, 1, Map.of(EventRole.INSTRUCTIONS, 1L, EventRole.BRANCHES, 1L));
    }

    /* ------------------------------------------------------------- what the kernel's selftests run */

    /** Ten iterations of four instructions and, with the disabling WRMSR, five more; a flush and a fence are among them. */
    static List<Step> selftest(TestedCpu cpu) {
        return List.of(step(cpu, 200, Map.of(EventRole.INSTRUCTIONS, 40L, EventRole.BRANCHES, 10L, EventRole.BRANCH_MISSES, 1L, EventRole.SLOTS, 800L)),
                step(cpu, 400, Map.of(EventRole.INSTRUCTIONS, 4L, EventRole.CACHE_REFERENCES, 1L, EventRole.CACHE_MISSES, 1L, EventRole.SLOTS, 1600L)));
    }
}
