package dev.vpmu.runtime.vpmu;

import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.GeneralProtectionFault.Access;

/** What a guest has whose virtual machine was made without a PMU: every access faults. */
public final class AbsentPmu implements VirtualPmu {

    private final GeneralProtectionFault fault = new GeneralProtectionFault();

    @Override
    public long rdmsr(int address) {
        throw fault.on(Access.RDMSR, address, 0);
    }

    @Override
    public void wrmsr(int address, long value) {
        throw fault.on(Access.WRMSR, address, value);
    }

    @Override
    public long rdpmc(int ecx) {
        throw fault.on(Access.RDPMC, ecx, 0);
    }

    @Override
    public void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
    }

    @Override
    public void work() {
    }

    @Override
    public long counting(Retired what) {
        return 0;
    }

    @Override
    public void retired(long counters) {
    }

    @Override
    public void load() {
    }

    @Override
    public void put() {
    }

    @Override
    public void scheduledIn() {
    }

    @Override
    public void scheduledOut() {
    }

    @Override
    public void reset() {
    }
}
