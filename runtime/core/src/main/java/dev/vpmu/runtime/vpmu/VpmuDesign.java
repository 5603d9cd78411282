package dev.vpmu.runtime.vpmu;

import java.util.List;

/**
 * A way to give guests a virtual PMU of one CPU, as a policy declares it.
 *
 * @param name the policy's name
 * @param isHypothetical whether the CPU does not have what the policy requires
 * @param masksLvt whether delivering a PMI masks the virtual LVTPC
 * @param allowances what is wrong with it and was let through; empty for a design that can be trusted
 * @param factory makes the PMU of a vCPU
 */
public record VpmuDesign(String name, boolean isHypothetical, boolean masksLvt, List<Allowance> allowances, Factory factory) {

    public VpmuDesign {
        allowances = List.copyOf(allowances);
    }

    /** Makes virtual PMUs. */
    @FunctionalInterface
    public interface Factory {

        /**
         * The PMU of a vCPU, after reset.
         *
         * @param vcpu the vCPU
         * @param smt whether the host runs with SMT on
         */
        VirtualPmu pmu(VcpuPort vcpu, boolean smt);
    }

    /** The PMU of a vCPU, after reset; {@code smt} is whether the host runs with SMT on. */
    public VirtualPmu pmu(VcpuPort vcpu, boolean smt) {
        return factory.pmu(vcpu, smt);
    }

    @Override
    public String toString() {
        return name;
    }
}
