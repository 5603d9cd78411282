package dev.vpmu.runtime.registers;

/** The four words that CPUID answers. */
public record CpuidWords(int eax, int ebx, int ecx, int edx) {

    /** The answer for a leaf that the PMU does not fill. */
    public static final CpuidWords ZERO = new CpuidWords(0, 0, 0, 0);
}
