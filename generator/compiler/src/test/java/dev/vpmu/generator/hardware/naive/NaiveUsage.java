package dev.vpmu.generator.hardware.naive;

import dev.vpmu.generator.hardware.naive.CpuSketch.Field;
import dev.vpmu.generator.hardware.naive.CpuSketch.Register;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import dev.vpmu.generator.hardware.naive.CpuSketch.Role;
import java.util.List;

/** What registers of usage show: which counters are in use, and whether anything interrupts. */
final class NaiveUsage {

    private final CpuSketch cpu;
    private final NaiveRegisters registers;
    private final List<NaiveCounter> counters;

    NaiveUsage(CpuSketch cpu, NaiveRegisters registers, List<NaiveCounter> counters) {
        this.cpu = cpu;
        this.registers = registers;
        this.counters = counters;
    }

    /** What a read of the register gives where {@code word} is stored: all but the bits that are computed. */
    long shown(Register register, long word) {
        long shown = word;
        for (Field field : cpu.fields()) {
            if (!field.register().equals(register.name())) {
                continue;
            }
            if (field.role() == Role.ANY_INTERRUPT) {
                shown = with(shown, field.low(), field.width(), anyInterrupt());
            } else if (field.role() == Role.IN_USE && field.bank().isPresent()) {
                for (int index : cpu.bank(field.bank().get()).withoutSmt()) {
                    shown = with(shown, field.low() + index * field.stride(), field.width(), inUse(field.bank().get(), index));
                }
            }
        }
        return shown;
    }

    private static long with(long word, int low, int width, boolean set) {
        long mask = NaiveRegisters.mask(width) << low;
        return word & ~mask | (set ? 1L << low : 0);
    }

    /** A counter that does not exist is not among the counters, so it is not in use. */
    private boolean inUse(String bank, int index) {
        return counters.stream().anyMatch(counter -> counter.is(bank, index) && counter.inUse());
    }

    private boolean anyInterrupt() {
        return counters.stream().anyMatch(counter -> counter.has(Role.INTERRUPT_ENABLE)) || cpu.registers().stream()
                .filter(register -> register.role() == RegisterRole.PRECISE_ENABLE)
                .anyMatch(register -> register.indexes().stream().anyMatch(index -> registers.word(register.name(), index) != 0));
    }
}
