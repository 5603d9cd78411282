package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registers that have a few bits for each counter: what enables counters together, and reports their overflows. */
final class HardwareMasks {

    private final CpuModel cpu;
    private final HardwareNames names;
    private final List<HardwareCounter> counters;

    HardwareMasks(CpuModel cpu, HardwareNames names, List<HardwareCounter> counters) {
        this.cpu = cpu;
        this.names = names;
        this.counters = counters;
    }

    /** The registers of a role that have a field of a role for the counter. */
    List<RegisterModel> words(RegisterRole role, FieldRole field, HardwareCounter counter) {
        return cpu.registers().stream().filter(register -> register.role() == role && register.aliasOf().isEmpty() && bits(register, field, counter) != 0).toList();
    }

    /** The bits of a register that have a role for the counter. */
    long bits(RegisterModel register, FieldRole role, HardwareCounter counter) {
        return register.layout().flatMap(cpu::layout).stream().flatMap(layout -> HardwareCounter.partOf(layout, counter.bank(), counter.index()).stream())
                .filter(field -> field.role() == role).mapToLong(field -> field.maskOf(counter.index())).reduce(0, (a, b) -> a | b);
    }

    /** The register that has every counter's bit at the counter's place in mask words, if that is how it is. */
    Optional<RegisterModel> maskWord(RegisterRole role, FieldRole field) {
        List<RegisterModel> all = counters.stream().flatMap(counter -> words(role, field, counter).stream()).distinct().toList();
        boolean inPlace = all.size() == 1 && counters.stream().allMatch(counter -> {
            long own = bits(all.get(0), field, counter);
            return own == 0 || own == counter.mask();
        });
        return inPlace ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** What is cut out of the counters that count, {@code & ia32PerfGlobalCtrl}; empty where each counter looks for itself. */
    String enabled() {
        return maskWord(RegisterRole.ENABLE, FieldRole.ENABLE).map(register -> {
            long ungated = counters.stream().filter(counter -> bits(register, FieldRole.ENABLE, counter) == 0).mapToLong(HardwareCounter::mask).reduce(0, (a, b) -> a | b);
            String word = names.field(register, 0);
            return " & " + (ungated == 0 ? word : "(" + word + " | " + Literals.hex(ungated) + ")");
        }).orElse("");
    }

    /** Whether nothing counts now, {@code (ia32PerfGlobalStatus & 0x0800_0000_0000_0000L) != 0}; empty where nothing freezes counters that way. */
    String frozen() {
        List<String> frozen = new ArrayList<>();
        for (RegisterModel register : cpu.registers()) {
            long bits = register.role() != RegisterRole.STATUS || register.aliasOf().isPresent() ? 0 : register.layout().flatMap(cpu::layout).stream()
                    .flatMap(layout -> layout.fields(FieldRole.COUNTERS_FROZEN).stream()).mapToLong(field -> field.maskOf(0)).reduce(0, (a, b) -> a | b);
            if (bits != 0) {
                frozen.add("(" + names.field(register, 0) + " & " + Literals.hex(bits) + ") != 0");
            }
        }
        return String.join(" || ", frozen);
    }

    /** How overflows reach the status registers, a statement each. */
    List<String> reports() {
        Optional<RegisterModel> word = maskWord(RegisterRole.STATUS, FieldRole.OVERFLOW);
        if (word.isPresent() && counters.stream().allMatch(counter -> bits(word.get(), FieldRole.OVERFLOW, counter) != 0)) {
            return List.of(names.field(word.get(), 0) + " |= overflow;");
        }
        return counters.stream().flatMap(counter -> words(RegisterRole.STATUS, FieldRole.OVERFLOW, counter).stream()
                .map(register -> "if ((overflow & " + names.counter(counter.bank().name(), counter.index()) + ") != 0) {\n    " + names.field(register, 0) + " |= "
                        + Literals.hex(bits(register, FieldRole.OVERFLOW, counter)) + ";\n}")).toList();
    }
}
