package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.WriteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A register that is no counter's own, or what a register has beside its counters' bits.
 *
 * @param register the register
 * @param shown the registers through which a guest reads it: it and its aliases
 * @param written those through which it writes
 * @param cleared those that clear bits of it
 * @param beside whether counters have bits of their own in the register, which are left out here
 * @param mask its bits
 */
record Word(RegisterModel register, List<RegisterModel> shown, List<RegisterModel> written, List<RegisterModel> cleared, boolean beside, long mask) {

    /** The roles of registers of which every counter has a piece of its own. */
    private static final Set<RegisterRole> COUNTERS = Set.of(RegisterRole.VALUE, RegisterRole.SELECTOR, RegisterRole.ENABLE, RegisterRole.STATUS);

    /** What is nobody's state: read from the cpu, or changing another register. */
    private static final Set<RegisterRole> STATELESS = Set.of(RegisterRole.CAPABILITIES, RegisterRole.CLEAR, RegisterRole.SET, RegisterRole.USAGE);

    Word {
        shown = List.copyOf(shown);
        written = List.copyOf(written);
        cleared = List.copyOf(cleared);
    }

    /** Those of a cpu. */
    static List<Word> of(CpuModel cpu) {
        List<Word> words = new ArrayList<>();
        for (RegisterModel register : cpu.registers()) {
            if (register.aliasOf().isEmpty() && !STATELESS.contains(register.role()) && !(register.write() instanceof WriteRule.ClearBits)
                    && !(register.write() instanceof WriteRule.SetBits)) {
                of(cpu, register).ifPresent(words::add);
            }
        }
        return words;
    }

    private static Optional<Word> of(CpuModel cpu, RegisterModel register) {
        boolean beside = COUNTERS.contains(register.role());
        long mask = beside ? besideCounters(cpu, register) : -1L;
        if (mask == 0) {
            return Optional.empty();
        }
        List<RegisterModel> shown = cpu.registers().stream()
                .filter(other -> other == register || other.aliasOf().filter(register.name()::equals).isPresent()).toList();
        List<RegisterModel> setting = cpu.registers().stream()
                .filter(other -> other.write() instanceof WriteRule.SetBits set && set.target().equals(register.name())).toList();
        List<RegisterModel> clearing = cpu.registers().stream()
                .filter(other -> other.write() instanceof WriteRule.ClearBits clear && clear.target().equals(register.name())).toList();
        List<RegisterModel> written = register.role() == RegisterRole.STATUS ? setting
                : shown.stream().filter(other -> !(other.write() instanceof WriteRule.Fault || other.write() instanceof WriteRule.Ignored)).toList();
        return Optional.of(new Word(register, shown, written, clearing, beside, mask));
    }

    private static long besideCounters(CpuModel cpu, RegisterModel register) {
        if (register.bank().isPresent()) {
            return 0;
        }
        return register.layout().flatMap(cpu::layout).map(LayoutModel::fields).orElse(List.of()).stream()
                .filter(field -> field.array().isEmpty()).mapToLong(Word::mask).reduce(0, (a, b) -> a | b);
    }

    private static long mask(FieldModel field) {
        return Bits.mask(field.low(), field.width());
    }

    /** Whether a step's register means it. */
    boolean isMeant(String name) {
        return shown.stream().anyMatch(other -> other.name().equals(name));
    }

    /** The word in messages: {@code IA32_PEBS_ENABLE}, {@code IA32_PERF_GLOBAL_STATUS beside the counters' bits}. */
    String name() {
        return beside ? register.name() + " (beside the counters' bits)" : register.name();
    }
}
