package dev.vpmu.generator.perf.generated;

import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.ArrayList;
import java.util.List;

/** Registers of a PMU, with a list of what was written to which. */
final class WatchedRegisters implements PmuRegisters {

    /** A WRMSR. */
    record Write(int address, long value) {
    }

    private final PmuRegisters registers;
    private final List<Write> writes = new ArrayList<>();

    WatchedRegisters(PmuRegisters registers) {
        this.registers = registers;
    }

    /** What has been written since the last time. */
    List<Write> writes() {
        List<Write> since = List.copyOf(writes);
        writes.clear();
        return since;
    }

    @Override
    public long rdmsr(int address) {
        return registers.rdmsr(address);
    }

    @Override
    public void wrmsr(int address, long value) {
        registers.wrmsr(address, value);
        writes.add(new Write(address, value));
    }

    @Override
    public long rdpmc(int ecx) {
        return registers.rdpmc(ecx);
    }
}
