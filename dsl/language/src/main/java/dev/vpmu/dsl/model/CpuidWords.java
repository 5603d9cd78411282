package dev.vpmu.dsl.model;

/** The four words that CPUID answers. */
public record CpuidWords(int eax, int ebx, int ecx, int edx) {
}
