package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.WriteRule;
import java.util.List;
import java.util.Optional;

/** The registers that have a few bits for each counter, as software can use them. */
final class HostPerfMasks {

    private final CpuModel cpu;

    HostPerfMasks(CpuModel cpu) {
        this.cpu = cpu;
    }

    private List<RegisterModel> registers(RegisterRole role) {
        return cpu.registers().stream().filter(register -> register.role() == role && register.aliasOf().isEmpty() && register.bank().isEmpty()).toList();
    }

    /** The registers that enable counters together. */
    List<RegisterModel> enables() {
        return registers(RegisterRole.ENABLE).stream().filter(register -> register.write() instanceof WriteRule.Checked && writable(register) != 0).toList();
    }

    /** The registers that report overflows, as far as they can be cleared. */
    List<RegisterModel> statuses() {
        return registers(RegisterRole.STATUS).stream().filter(register -> clearable(register) != 0).toList();
    }

    /** A counter's bits of a role in a register. */
    long bits(RegisterModel register, FieldRole role, HardwareCounter counter) {
        return register.layout().flatMap(cpu::layout).stream().flatMap(layout -> HardwareCounter.partOf(layout, counter.bank(), counter.index()).stream())
                .filter(field -> field.role() == role).mapToLong(field -> field.maskOf(counter.index())).reduce(0, (a, b) -> a | b);
    }

    /** Whether every register that has to enable a counter can do so. */
    boolean canEnable(HardwareCounter counter) {
        return registers(RegisterRole.ENABLE).stream().allMatch(register -> {
            long bits = bits(register, FieldRole.ENABLE, counter);
            return bits == 0 || enables().contains(register) && (bits & ~writable(register)) == 0;
        });
    }

    /** Whether it counts only if a register of all counters lets it. */
    boolean isGated(HardwareCounter counter) {
        return enables().stream().anyMatch(register -> bits(register, FieldRole.ENABLE, counter) != 0);
    }

    /** Whether a register reports its overflows until that is cleared. */
    boolean isReported(HardwareCounter counter) {
        return statuses().stream().anyMatch(register -> overflows(register, counter) != 0);
    }

    /** A counter's bits in a status register; 0 if they cannot be cleared. */
    long overflows(RegisterModel status, HardwareCounter counter) {
        long bits = bits(status, FieldRole.OVERFLOW, counter);
        return (bits & ~clearable(status)) == 0 ? bits : 0;
    }

    /** The register whose writes clear bits of a status register that are written as 1. */
    Optional<RegisterModel> clearing(RegisterModel status) {
        return cpu.registers().stream().filter(register -> register.write() instanceof WriteRule.ClearBits clear && clear.target().equals(status.name())).findFirst();
    }

    /** The bits of a status register that software can clear, in any state of SMT. */
    long clearable(RegisterModel status) {
        return clearing(status).map(HostPerfMasks::writable).orElseGet(() -> status.write() instanceof WriteRule.Checked ? writable(status) : 0L);
    }

    /** Whether a register, in some state of SMT, can have bits set that are outside {@link #clearable}, or belong to counters that are not there. */
    boolean hasUnclearable(RegisterModel status) {
        long clearable = clearable(status);
        long withoutSmt = clearing(status).orElse(status).withoutSmtMask();
        long frozen = cpu.freezes().stream().filter(freeze -> freeze.sets() && freeze.register().equals(status.name()))
                .mapToLong(FreezeModel::mask).reduce(0, (a, b) -> a | b);
        long reported = HardwareCounter.of(cpu).stream().mapToLong(counter -> bits(status, FieldRole.OVERFLOW, counter)).reduce(0, (a, b) -> a | b);
        return ((status.resetValue() | frozen | reported) & ~clearable) != 0 || (frozen & withoutSmt) != 0;
    }

    /** The registers that say which counters write precise records. */
    Optional<RegisterModel> preciseEnable() {
        return registers(RegisterRole.PRECISE_ENABLE).stream().filter(register -> register.write() instanceof WriteRule.Checked && writable(register) != 0).findFirst();
    }

    static long writable(RegisterModel register) {
        return register.writableMaskOfIndex().get(0);
    }
}
