package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** A CPU in a state of SMT, and one implementation of its PMU. */
final class TestedCpu {

    private final String name;
    private final CpuModel cpu;
    private final boolean smt;
    private final Optional<String> drawn;
    private final Supplier<PmuUnderTest> implementation;
    private final Globals globals;
    private final List<TestedCounter> all;
    private final List<TestedCounter> counters;

    /**
     * A CPU to be tested.
     *
     * @param name what a test's name says of it
     * @param drawn where nobody chose it: what it takes to get it again
     */
    TestedCpu(String name, CpuModel cpu, boolean smt, Optional<String> drawn, Supplier<PmuUnderTest> implementation) {
        this(name, cpu, smt, drawn, implementation, UnaryOperator.identity());
    }

    private TestedCpu(String name, CpuModel cpu, boolean smt, Optional<String> drawn, Supplier<PmuUnderTest> implementation,
            UnaryOperator<TestedCounter> access) {
        this.name = name;
        this.cpu = cpu;
        this.smt = smt;
        this.drawn = drawn;
        this.implementation = implementation;
        globals = new Globals(cpu, smt);
        CountableCounters found = new CountableCounters(cpu, smt);
        all = found.find().stream().map(access).toList();
        counters = all.stream().filter(counter -> counter.clock().map(found::isSteady).orElse(true)).toList();
    }

    /** The same under another name, with counters that are read and written through the last of their aliases. */
    TestedCpu throughAliases(String other) {
        return new TestedCpu(other, cpu, smt, drawn, implementation, TestedCounter::throughAlias);
    }

    /** A PMU after power-on. */
    PmuUnderTest pmu() {
        return implementation.get();
    }

    CpuModel cpu() {
        return cpu;
    }

    boolean smt() {
        return smt;
    }

    Optional<String> drawn() {
        return drawn;
    }

    Globals globals() {
        return globals;
    }

    /** The counters that software can make count, by global index. */
    List<TestedCounter> all() {
        return all;
    }

    /** The counters that the suite can make count one occurrence a cycle, by global index. */
    List<TestedCounter> counters() {
        return counters;
    }

    /** Those of them that have all the roles. */
    List<TestedCounter> counters(FieldRole... roles) {
        return counters.stream().filter(counter -> List.of(roles).stream().allMatch(counter::has)).toList();
    }

    /** Those of them whose overflow software can see, and clear. */
    List<TestedCounter> reporting() {
        return counters.stream().filter(this::isReporting).toList();
    }

    boolean isReporting(TestedCounter counter) {
        return !counter.overflows().isEmpty() && counter.overflows().stream().allMatch(globals::canClear);
    }

    /** The indexes of a bank that exist now. */
    List<Integer> indexes(BankModel bank) {
        return smt ? bank.present() : bank.presentWithoutSmt();
    }

    /** The register elements that exist now, by address. */
    List<AddressModel> elements() {
        return cpu.addresses().stream().filter(element -> !smt || !element.withoutSmtOnly()).toList();
    }

    RegisterModel register(AddressModel element) {
        return cpu.register(element.register()).orElseThrow();
    }

    /** The bits of a register of usage that follow from others. */
    long computed(RegisterModel register) {
        if (register.role() != RegisterRole.USAGE || register.layout().isEmpty()) {
            return 0;
        }
        return cpu.layout(register.layout().get()).orElseThrow().fields().stream()
                .filter(field -> field.role() == FieldRole.IN_USE || field.role() == FieldRole.ANY_INTERRUPT)
                .flatMapToLong(field -> field.array().map(place -> place.indexes().stream().mapToLong(field::maskOf))
                        .orElseGet(() -> LongStream.of(field.maskOf(0)))).reduce(0, (a, b) -> a | b);
    }

    @Override
    public String toString() {
        return name;
    }
}
