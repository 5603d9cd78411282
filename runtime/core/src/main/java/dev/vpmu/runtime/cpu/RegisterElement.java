package dev.vpmu.runtime.cpu;

/**
 * A model-specific register at its address.
 *
 * @param address the address
 * @param name the name; of an array with the index, {@code IA32_PMC[3]}
 * @param role what it is to the PMU, {@code selector}
 * @param withoutSmtOnly whether it exists only with SMT off
 */
public record RegisterElement(long address, String name, String role, boolean withoutSmtOnly) {
}
