package dev.vpmu.dsl.model;

/** The registers that CPUID writes. */
public enum CpuidRegister {
    EAX, EBX, ECX, EDX
}
