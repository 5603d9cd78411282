package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.vpmu.VcpuPort;
import dev.vpmu.runtime.vpmu.VirtualPmu;
import dev.vpmu.runtime.vpmu.VirtualPmu.Retired;
import vpmu.intel.BroadwellEP;

/** The event-oriented virtual PMU, which deals in host events. */
public class EventVpmu extends VpmuBenchmarks {

    private VirtualPmu pmu;

    @Override
    protected VirtualPmu create(VcpuPort vcpu) {
        pmu = new BroadwellEP().design("EventOriented").pmu(vcpu, true);
        return pmu;
    }

    @Override
    protected long rdmsr(int address) {
        return pmu.rdmsr(address);
    }

    @Override
    protected void wrmsr(int address, long value) {
        pmu.wrmsr(address, value);
    }

    @Override
    protected long counting(Retired what) {
        return pmu.counting(what);
    }

    @Override
    protected void retired(long counters) {
        pmu.retired(counters);
    }

    @Override
    protected void entering() {
        pmu.entering();
    }
}
