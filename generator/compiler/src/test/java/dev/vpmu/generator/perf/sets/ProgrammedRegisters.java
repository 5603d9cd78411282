package dev.vpmu.generator.perf.sets;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.WriteRule;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** What the registers of a PMU say of its counters, read bit by bit. */
final class ProgrammedRegisters {

    private static final int CANONICAL = 16;

    private final CpuModel cpu;
    private final ModelRules rules;
    private final SelectorWord selector;
    /** The counters that nobody has used yet, and whose own control says since reset that they run. */
    private long untouched;

    ProgrammedRegisters(CpuModel cpu, ModelRules rules, PmuRegisters afterReset) {
        this.cpu = cpu;
        this.rules = rules;
        this.selector = rules.selector();
        for (long rest = rules.counters(); rest != 0; rest &= rest - 1) {
            untouched |= isEnabled(afterReset, Long.numberOfTrailingZeros(rest)) ? rest & -rest : 0;
        }
    }

    /** Whether each extra register of the ways takes what is to be written to it. */
    boolean canBeWritten(List<Demand> demands) {
        return demands.stream().flatMap(demand -> demand.ways().stream()).allMatch(way -> way.register()
                .map(register -> canBeWritten(cpu.register(register).orElseThrow(), way.value())).orElse(true));
    }

    private static boolean canBeWritten(RegisterModel register, long value) {
        WriteRule rule = register.write();
        return rule instanceof WriteRule.Checked ? (value & ~register.writableMaskOfIndex().get(0)) == 0
                : rule instanceof WriteRule.FaultUnlessCanonical ? value << CANONICAL >> CANONICAL == value : !(rule instanceof WriteRule.Fault);
    }

    /** What is wrong if the counters are to hold these events, and the others nothing; empty if all is right. */
    Optional<String> problem(PmuRegisters registers, List<Demand> demands, List<Integer> counters) {
        long running = 0;
        for (int i = 0; i < demands.size(); i++) {
            int counter = counters.get(i);
            Optional<Way> programmed = demands.get(i).ways().stream()
                    .filter(way -> way.allows(counter) && isProgrammed(registers, way, counter)).findFirst();
            if (programmed.isEmpty()) {
                return Optional.of(demands.get(i).name() + " is not programmed on counter " + counter + ": " + words(registers, counter) + ", ways "
                        + demands.get(i).ways());
            }
            if (!isRunning(registers, counter)) {
                return Optional.of(demands.get(i).name() + " does not run on counter " + counter + ": " + words(registers, counter));
            }
            running |= programmed.get().takes(counter);
        }
        untouched &= ~running;
        for (long rest = rules.counters() & ~running & ~untouched; rest != 0; rest &= rest - 1) {
            if (isRunning(registers, Long.numberOfTrailingZeros(rest))) {
                return Optional.of("nothing is on counter " + Long.numberOfTrailingZeros(rest) + ", and it runs");
            }
        }
        return Optional.empty();
    }

    private boolean isProgrammed(PmuRegisters registers, Way way, int counter) {
        boolean said = hasSelector(counter) ? isChosen(registers, way.selector(), counter) : isUnmodified(registers, counter);
        boolean partner = way.partner().isEmpty() || isChosen(registers, way.partner().get(), counter + 1);
        return said && partner && way.register().map(register -> holds(registers, cpu.register(register).orElseThrow(), way.value())).orElse(true);
    }

    private boolean hasSelector(int counter) {
        return (selector.programmable() >>> counter & 1) != 0;
    }

    /** Whether a counter's selector says a word, besides modes and enables. */
    private boolean isChosen(PmuRegisters registers, long word, int counter) {
        long mask = selector.events() | selector.modifiers().stream().mapToLong(field -> field.maskOf(0)).reduce(0, (a, b) -> a | b);
        return (registers.rdmsr(selectorAddress(counter)) & mask) == word;
    }

    /** Whether the control of a counter without a selector says nothing but modes and enables. */
    private boolean isUnmodified(PmuRegisters registers, int counter) {
        return SelectorWord.MODIFIERS.stream().flatMapToLong(role -> bits(registers, counter, RegisterRole.SELECTOR, role)).allMatch(bits -> bits == 0);
    }

    private int selectorAddress(int counter) {
        return (int) selector.register().addressOf(counter - first(selector.bank()));
    }

    private static int first(BankModel bank) {
        return bank.firstIndex().orElseThrow();
    }

    /** Whether an extra register has a value; where a read does not tell, it is believed. */
    private static boolean holds(PmuRegisters registers, RegisterModel register, long value) {
        boolean tells = register.read() instanceof ReadRule.Stored && register.write() instanceof WriteRule.Checked;
        return !tells || registers.rdmsr((int) register.address()) == (value & register.writableMaskOfIndex().get(0));
    }

    /* ------------------------------------------------------------- whether a counter runs */

    private boolean isRunning(PmuRegisters registers, int counter) {
        return isEnabled(registers, counter) && bits(registers, counter, RegisterRole.ENABLE, FieldRole.ENABLE).allMatch(bit -> bit != 0);
    }

    private boolean isEnabled(PmuRegisters registers, int counter) {
        boolean isEnabled = bits(registers, counter, RegisterRole.SELECTOR, FieldRole.ENABLE).allMatch(bit -> bit != 0);
        boolean hasMode = LongStream.concat(bits(registers, counter, RegisterRole.SELECTOR, FieldRole.USER_MODE),
                bits(registers, counter, RegisterRole.SELECTOR, FieldRole.KERNEL_MODE)).anyMatch(bit -> bit != 0);
        return isEnabled && hasMode;
    }

    /** The values of a counter's fields of a role in the registers of a role. */
    private LongStream bits(PmuRegisters registers, int counter, RegisterRole registerRole, FieldRole role) {
        BankModel bank = cpu.banks().stream().filter(one -> (one.counters() >>> counter & 1) != 0).findFirst().orElseThrow();
        int index = counter - first(bank);
        return cpu.registers().stream().filter(register -> register.role() == registerRole && register.aliasOf().isEmpty()
                && (register.bank().isEmpty() || register.bank().get().equals(bank.name()))).flatMapToLong(register ->
                fields(register, role).stream().filter(field -> isOf(field, register, bank, counter))
                        .mapToLong(field -> registers.rdmsr((int) register.addressOf(register.bank().isPresent() ? index : 0)) & field.maskOf(index)));
    }

    private List<FieldModel> fields(RegisterModel register, FieldRole role) {
        return register.layout().flatMap(cpu::layout).map(layout -> layout.fields(role)).orElse(List.of());
    }

    private static boolean isOf(FieldModel field, RegisterModel register, BankModel bank, int counter) {
        boolean here = register.bank().isPresent() ? field.array().isEmpty()
                : field.array().filter(array -> array.bank().equals(bank.name())).isPresent();
        return here && (field.onCounters() >>> counter & 1) != 0;
    }

    /** The selectors and enables that a counter depends on. */
    private String words(PmuRegisters registers, int counter) {
        StringBuilder words = new StringBuilder();
        for (AddressModel element : cpu.addresses()) {
            RegisterModel register = cpu.register(element.register()).orElseThrow();
            boolean isOfAll = register.bank().isEmpty() && (register.role() == RegisterRole.SELECTOR || register.role() == RegisterRole.ENABLE);
            if (isOfAll || hasSelector(counter) && element.address() == selectorAddress(counter)) {
                words.append(' ').append(element.register()).append(' ').append(Long.toHexString(registers.rdmsr((int) element.address())));
            }
        }
        return words.toString();
    }
}
