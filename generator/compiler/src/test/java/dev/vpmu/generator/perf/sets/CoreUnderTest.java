package dev.vpmu.generator.perf.sets;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.GroupVerdict;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.perf.UnschedulableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** perf on a CPU that does nothing else: what it says of a set of events, and what it does with it, against the CPU's text. */
final class CoreUnderTest {

    private final PmuHardware hardware;
    private final PerfCore core;
    private final ModelRules rules;
    private final ProgrammedRegisters registers;

    /** With SMT on it has a sibling where nothing runs. */
    CoreUnderTest(CpuModel cpu, Cpu door, boolean smt) {
        PerfSystem system = new PerfSystem();
        hardware = door.hardware(smt);
        core = door.perf(system, hardware, hardware, () -> 0, smt);
        if (smt) {
            PmuHardware second = door.hardware(true);
            PmuHardware.pair(hardware, second);
            PerfCore.pair(core, door.perf(system, second, second, () -> 0, true));
        }
        rules = new ModelRules(cpu, smt, core.geometry().counters());
        registers = new ProgrammedRegisters(cpu, rules, hardware);
    }

    ModelRules rules() {
        return rules;
    }

    PerfCore core() {
        return core;
    }

    GroupVerdict verdict(List<EventAttributes> set) {
        return core.verdict(set);
    }

    /** What is wrong with what is said of a set; empty if nothing is. */
    Optional<String> problem(List<EventAttributes> set, GroupVerdict verdict) {
        List<Demand> demands = demands(set);
        int general = Long.bitCount(rules.general());
        if (!verdict.events().equals(set.stream().map(EventAttributes::name).toList())) {
            return Optional.of("the events' names are " + verdict.events());
        }
        if (verdict.isAccepted()) {
            return AssignmentCheck.problem(demands, verdict.counters(), rules.general(), general)
                    .or(() -> verdict.reason().isEmpty() ? Optional.empty() : Optional.of("accepted, and not: " + verdict.reason()));
        }
        List<String> unnamed = verdict.events().stream().filter(name -> !verdict.reason().contains(name)).toList();
        if (!unnamed.isEmpty()) {
            return Optional.of(unnamed + " are not named in: " + verdict.reason());
        }
        Optional<List<ExhaustiveSearch.Place>> places = ExhaustiveSearch.places(demands, rules.general(), general);
        if (places.isEmpty() != verdict.counters().isEmpty()) {
            return Optional.of((places.isEmpty() ? "there are no places; " : "there are " + places.get() + "; ") + verdict);
        }
        return places.flatMap(found -> AssignmentCheck.problem(demands, verdict.counters(), rules.general(), general));
    }

    /** Whether the hardware takes all that perf has to write for a set. */
    boolean canBeOpened(List<EventAttributes> set) {
        return registers.canBeWritten(demands(set));
    }

    /** What is wrong with what becomes of a set when it is opened as one group; empty if nothing is. */
    Optional<String> problemOpened(List<EventAttributes> set, GroupVerdict verdict) {
        List<PerfEvent> events = new ArrayList<>();
        try {
            for (EventAttributes attributes : set) {
                events.add(events.isEmpty() ? core.open(core.cpuContext(), attributes.toBuilder().disabled().build(), OverflowHandler.NONE)
                        : core.open(events.get(0), attributes, OverflowHandler.NONE));
            }
            if (!verdict.isAccepted()) {
                return Optional.of("it can be opened, although it is refused: " + verdict);
            }
            core.enable(events.get(0));
            return problemOnPmu(set, events, verdict);
        } catch (UnschedulableException e) {
            return verdict.isAccepted() || e.verdict().isAccepted() || !e.verdict().events().equals(set.stream().map(EventAttributes::name).toList()
                    .subList(0, events.size() + 1)) ? Optional.of("it cannot be opened: " + e.verdict()) : Optional.empty();
        } finally {
            for (int i = events.size() - 1; i >= 0; i--) {
                core.close(events.get(i));
            }
        }
    }

    private Optional<String> problemOnPmu(List<EventAttributes> set, List<PerfEvent> events, GroupVerdict verdict) {
        List<Demand> demands = demands(set);
        int all = Long.bitCount(rules.general());
        boolean active = events.stream().allMatch(event -> event.state() == PerfEvent.State.ACTIVE);
        boolean limited = rules.isSmt() && demands.stream().anyMatch(Demand::exclusive);
        if (!active) {
            // half the counters are the sibling's
            boolean fits = AssignmentCheck.problem(demands, verdict.counters(), rules.general(), all / 2).isEmpty();
            return limited && !fits ? Optional.empty() : Optional.of("it is not on the PMU");
        }
        List<Integer> counters = events.stream().map(PerfEvent::counter).toList();
        Optional<String> broken = AssignmentCheck.problem(demands, counters, rules.general(), limited ? all / 2 : all);
        if (broken.isPresent() || !counters.equals(verdict.counters())) {
            return Optional.of("on the PMU: " + counters + ", by the verdict: " + verdict.counters() + broken.map(text -> "; " + text).orElse(""));
        }
        return registers.problem(hardware, demands, counters);
    }

    List<Demand> demands(List<EventAttributes> set) {
        return set.stream().map(rules::demand).toList();
    }

    /** A set, a line for each event. */
    String shown(List<EventAttributes> set) {
        return set.stream().map(event -> String.format("%s: config %#x, counters %#x, extra %#x, precise %d: %s", event.name(), event.config(),
                event.counters(), event.extra(), event.precise(), rules.demand(event).ways())).collect(Collectors.joining("\n"));
    }
}
