package dev.vpmu.runtime.machine;

/** Why guest mode was left, with the number in the VMCS. (domain.md §2.12.) */
public enum ExitReason {
    NMI(0), EXTERNAL_INTERRUPT(1), CPUID(10), HLT(12), RDPMC(15), RDMSR(31), WRMSR(32);

    private final int number;

    ExitReason(int number) {
        this.number = number;
    }

    /** The basic exit reason. */
    public int number() {
        return number;
    }
}
