package dev.vpmu.examples.e5v4;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.RegisterElement;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A PMU's registers that note each access in a list of lines, with the register's name. */
final class LoggedRegisters implements PmuRegisters {

    private final PmuRegisters registers;
    private final List<String> log;
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Integer, String> events = new HashMap<>();

    LoggedRegisters(Cpu cpu, PmuRegisters registers, List<String> log) {
        this.registers = registers;
        this.log = log;
        for (RegisterElement element : cpu.registers()) {
            names.put((int) element.address(), element.name());
        }
    }

    /** Says what RDPMC of {@code ecx} reads, for the lines to come. */
    void name(int ecx, String event) {
        events.put(ecx, event);
    }

    private String name(int address) {
        return names.getOrDefault(address, "no register");
    }

    @Override
    public long rdmsr(int address) {
        long value = registers.rdmsr(address);
        log.add(String.format(Locale.ROOT, "  rdmsr 0x%03X                   = 0x%-14X  %s", address, value, name(address)));
        return value;
    }

    @Override
    public void wrmsr(int address, long value) {
        log.add(String.format(Locale.ROOT, "  wrmsr 0x%03X 0x%-34X  %s", address, value, name(address)));
        registers.wrmsr(address, value);
    }

    @Override
    public long rdpmc(int ecx) {
        long value = registers.rdpmc(ecx);
        log.add(String.format(Locale.ROOT, "  rdpmc 0x%08X              = %,-16d  %s", ecx, value, events.getOrDefault(ecx, "no event")));
        return value;
    }
}
