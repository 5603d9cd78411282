package dev.vpmu.runtime.registers;

/** Registers that check what they are given, in a CPU that is in some ring: what hardware and what a hypervisor shows have in common. */
public abstract class CheckedRegisters implements PmuRegisters {

    private static final int CANONICAL_SHIFT = 16;

    /** Whether the CPU runs with SMT on. */
    protected final boolean smt;

    private final GeneralProtectionFault fault = new GeneralProtectionFault();
    private int cpl;
    private boolean protectedMode;
    private boolean pce;

    /** Registers of a CPU in real mode, in ring 0. */
    protected CheckedRegisters(boolean smt) {
        this.smt = smt;
    }

    /**
     * What RDPMC asks of the CPU's state: it faults in protected mode outside ring 0 unless CR4 allows it.
     *
     * @param currentPrivilegeLevel the ring, 0 to 3; all but 0 are user mode
     * @param cr4Pce CR4.PCE: RDPMC is allowed in every ring
     * @param cr0Pe CR0.PE: protected mode
     */
    public final void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        cpl = currentPrivilegeLevel;
        pce = cr4Pce;
        protectedMode = cr0Pe;
    }

    /** Whether RDPMC is allowed. */
    protected final boolean mayRdpmc() {
        return cpl == 0 || pce || !protectedMode;
    }

    /** Whether the CPU is outside ring 0. */
    protected final boolean inUserMode() {
        return cpl != 0;
    }

    /** To be thrown: there is no such register. */
    protected final GeneralProtectionFault noRead(int address) {
        return fault.on(GeneralProtectionFault.Access.RDMSR, address, 0);
    }

    /** To be thrown: there is no such register, it cannot be written, or it does not take the value. */
    protected final GeneralProtectionFault noWrite(int address, long value) {
        return fault.on(GeneralProtectionFault.Access.WRMSR, address, value);
    }

    /** To be thrown: there is no such counter, or the privilege level does not allow to read it. */
    protected final GeneralProtectionFault noRdpmc(int ecx) {
        return fault.on(GeneralProtectionFault.Access.RDPMC, ecx, 0);
    }

    /** {@code value}, unless it has bits outside {@code mask}. */
    protected final long checked(int address, long value, long mask) {
        if ((value & ~mask) != 0) {
            throw noWrite(address, value);
        }
        return value;
    }

    /** {@code value}, if it is a canonical address: bits 63 to 47 are alike. */
    protected final long canonical(int address, long value) {
        if (value << CANONICAL_SHIFT >> CANONICAL_SHIFT != value) {
            throw noWrite(address, value);
        }
        return value;
    }

    /** {@code word}, of a register that exists without SMT only. */
    protected final long withoutSmt(int address, long word) {
        if (smt) {
            throw noRead(address);
        }
        return word;
    }

    /** Refuses a write of a register that exists without SMT only. */
    protected final void onlyWithoutSmt(int address, long value) {
        if (smt) {
            throw noWrite(address, value);
        }
    }

    /** {@code word}, of a counter that exists without SMT only. */
    protected final long withoutSmtRdpmc(int ecx, long word) {
        if (smt) {
            throw noRdpmc(ecx);
        }
        return word;
    }

    /** {@code mask} with a counter's bit set or cleared. */
    protected static long with(long mask, long counter, boolean set) {
        return set ? mask | counter : mask & ~counter;
    }
}
