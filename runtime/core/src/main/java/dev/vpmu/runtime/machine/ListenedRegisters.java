package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.machine.MachineListener.Access;
import dev.vpmu.runtime.machine.MachineListener.Party;
import dev.vpmu.runtime.registers.PmuRegisters;

/** A CPU's registers, with somebody who hears of every access. */
final class ListenedRegisters implements PmuRegisters {

    private final PhysicalCpu cpu;
    private final PmuHardware hardware;
    private Party party = Party.HOST;

    ListenedRegisters(PhysicalCpu cpu, PmuHardware hardware) {
        this.cpu = cpu;
        this.hardware = hardware;
    }

    /** From now on the accesses are somebody's. */
    void party(Party next) {
        party = next;
    }

    @Override
    public long rdmsr(int address) {
        long value = hardware.rdmsr(address);
        cpu.machine().listener().accessed(cpu, party, Access.RDMSR, address, value);
        return value;
    }

    @Override
    public void wrmsr(int address, long value) {
        hardware.wrmsr(address, value);
        cpu.machine().listener().accessed(cpu, party, Access.WRMSR, address, value);
    }

    @Override
    public long rdpmc(int ecx) {
        long value = hardware.rdpmc(ecx);
        cpu.machine().listener().accessed(cpu, party, Access.RDPMC, ecx, value);
        return value;
    }
}
