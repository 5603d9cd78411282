package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.generator.emit.JavaEscapes;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the template of the host's perf prints. */
public final class HostPerfView {

    private final CpuNames names;
    private final CpuModel cpu;
    private final HostPerfNames members = new HostPerfNames();
    private final List<PerfCounter> usable;
    private final HostPerfRules rules;
    private final HostPerfExtras extras;
    private final HostPerfCounters counters;
    private final HostPerfGlobals globals;
    private final HostPerfProgram program;

    HostPerfView(CpuNames names) {
        this.names = names;
        this.cpu = names.cpu();
        this.usable = PerfCounter.of(cpu);
        this.rules = new HostPerfRules(names, usable);
        this.extras = new HostPerfExtras(names, members);
        this.counters = new HostPerfCounters(cpu, members, usable);
        this.globals = new HostPerfGlobals(cpu, members, usable);
        this.program = new HostPerfProgram(cpu, members, rules, counters, globals.masks(), usable);
        // the template asks for the addresses first: whatever names one must have done so
        program.controls();
        program.enabledGlobally();
    }

    public String javaPackage() {
        return names.javaPackage();
    }

    public String className() {
        return names.hostPerf();
    }

    public String header() {
        return Header.of(cpu.origin());
    }

    public String comment() {
        return new Comment().line("perf on one logical CPU of " + JavaEscapes.javadocText(cpu.name()) + ": which of its counters can hold what, how they are programmed, and how a PMI is handled.")
                .origin(cpu.origin()).toString();
    }

    public HostPerfRules rules() {
        return rules;
    }

    public HostPerfExtras extras() {
        return extras;
    }

    public HostPerfCounters counters() {
        return counters;
    }

    public HostPerfGlobals globals() {
        return globals;
    }

    public HostPerfProgram program() {
        return program;
    }

    /** The addresses of the registers that it uses. */
    public List<NamedMask> addresses() {
        return members.addresses();
    }

    /* ------------------------------------------------------------- geometry */

    public boolean isSmtChangingCounters() {
        return !geometry(true).equals(geometry(false));
    }

    public String geometryWithSmt() {
        return geometry(true);
    }

    public String geometryWithoutSmt() {
        return geometry(false);
    }

    /** What a constant is set to, one argument a line. */
    private String geometry(boolean smt) {
        return "new CounterGeometry(\n"
                + argument(mask(smt, counter -> true) + ",", "all")
                + argument(mask(smt, counter -> !counter.isProgrammable()) + ",", "fixed")
                + argument(mask(smt, counter -> globals.masks().isGated(counter.counter())) + ",", "gated")
                + argument(mask(smt, globals::isReservable) + ",", "reservable")
                + argument(mask(smt, counter -> (globals.precise() & counter.mask()) != 0) + ",", "precise")
                + "        " + number(checkpointed()) + "); // checkpointed";
    }

    private static String argument(String value, String name) {
        return "        " + value + " // " + name + "\n";
    }

    private String mask(boolean smt, Predicate<PerfCounter> which) {
        long present = cpu.banks().stream().mapToLong((BankModel bank) -> bank.counters(smt)).reduce(0, (a, b) -> a | b);
        return number(usable.stream().filter(which).mapToLong(PerfCounter::mask).reduce(0, (a, b) -> a | b) & present);
    }

    private static String number(long value) {
        return value == 0 ? "0" : Literals.hex(value);
    }

    private long checkpointed() {
        return SelectorWord.of(cpu).map(word -> word.mask(FieldRole.CHECKPOINTED)).orElse(0L);
    }

    /** The fields with the status bits that can be cleared now, with their values. */
    public List<StatusWordView> masked() {
        return globals.words().stream().filter(StatusWordView::isMasked).toList();
    }

    /* ------------------------------------------------------------- events */

    /** The event that counts cycles, as an expression. */
    public String cycles() {
        Optional<EventModel> cycles = cpu.events().stream().filter(event -> event.role().equals(Optional.of(EventRole.CYCLES))).findFirst();
        return cycles.map(event -> "new " + names.door() + "().attributes(" + names.events() + ".TABLE.get(" + names.events() + "." + EventsView.constant(event) + "))").orElse("null");
    }
}
