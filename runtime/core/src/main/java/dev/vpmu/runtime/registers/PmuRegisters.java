package dev.vpmu.runtime.registers;

/**
 * Something with the registers of a PMU: hardware, or what a hypervisor shows to a guest. Software that only knows this interface,
 * such as a host's or a guest's perf, runs on either.
 *
 * <p>All words are unsigned. An access that the registers refuse throws a {@link GeneralProtectionFault} and changes nothing.
 */
public interface PmuRegisters {

    /**
     * RDMSR.
     *
     * @param address the register, as in ECX
     * @throws GeneralProtectionFault if there is no such register
     */
    long rdmsr(int address);

    /**
     * WRMSR; takes effect for what runs after it.
     *
     * @param address the register, as in ECX
     * @param value EDX:EAX
     * @throws GeneralProtectionFault if there is no such register, if it cannot be written, or if {@code value} is not one it takes
     */
    void wrmsr(int address, long value);

    /**
     * RDPMC.
     *
     * @param ecx which counter: its type and index, as the CPU has them in ECX
     * @return the counter's value, zero-extended
     * @throws GeneralProtectionFault if the privilege level does not allow the instruction, or if there is no such counter
     */
    long rdpmc(int ecx);
}
