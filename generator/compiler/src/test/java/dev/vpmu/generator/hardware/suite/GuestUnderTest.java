package dev.vpmu.generator.hardware.suite;

import dev.vpmu.generator.machine.owning.HostInvariants;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.registers.CpuidWords;
import java.util.stream.IntStream;

/**
 * The PMU that a guest sees, on a host that does nothing else. Every register access leaves guest mode, and is an instruction as the
 * hypervisor accounts for it; PMIs wait until they are taken, as with interrupts off.
 */
final class GuestUnderTest implements PmuUnderTest {

    private static final long MEGAHERTZ = 2_200;

    private final PhysicalCpu physical;
    private final Cpu guest;
    private final boolean smt;
    private final HostInvariants invariants;
    private final Vcpu vcpu;

    /**
     * A guest's CPU after power-on.
     *
     * @param host the machine's kind of CPU
     * @param guest what the hypervisor shows, with the policy by which it does
     * @param system the host's perf
     * @param watchdog whether the host's NMI watchdog is on
     * @param checks whether guests own what they enable, and no more, so that the invariants of that hold
     */
    GuestUnderTest(Cpu host, Cpu guest, boolean smt, String policy, PerfSystem system, boolean watchdog, boolean checks) {
        this.guest = guest;
        this.smt = smt;
        Machine machine = new Machine(host, smt ? 2 : 1, smt, MEGAHERTZ, system);
        physical = machine.cpu(0);
        invariants = new HostInvariants(machine, Long.bitCount(physical.perf().geometry().reservable() & Integer.MAX_VALUE),
                IntStream.range(0, Integer.SIZE).filter(index -> (physical.perf().geometry().reservable() >>> Integer.SIZE + index & 1) != 0).boxed().toList(), any -> true);
        if (checks) {
            machine.listen(invariants);
        }
        physical.perf().watchdog(watchdog);
        vcpu = new Vcpu(machine, "guest", guest.design(policy));
        physical.schedule(vcpu);
        vcpu.run();
        // nobody runs for long without being preempted, and the series as posted listens to PMIs only then
        physical.schedule(null);
        physical.schedule(vcpu);
    }

    @Override
    public boolean carriesOut(Intercepted instruction) {
        switch (instruction) {
            case CPUID -> vcpu.cpuid();
            case EMULATED_BRANCH -> vcpu.emulatedBranch();
            case WRMSR -> { }
        }
        return true;
    }

    @Override
    public long rdmsr(int address) {
        return vcpu.rdmsr(address);
    }

    @Override
    public void wrmsr(int address, long value) {
        vcpu.wrmsr(address, value);
    }

    @Override
    public long rdpmc(int ecx) {
        return vcpu.rdpmc(ecx);
    }

    @Override
    public CpuidWords cpuid(int leaf, int subleaf) {
        vcpu.cpuid();
        return guest.cpuid(leaf, subleaf, smt);
    }

    @Override
    public void reset() {
        vcpu.reset();
        invariants.reset(vcpu);
    }

    @Override
    public void privilege(int cpl, boolean pce, boolean pe) {
        vcpu.privilege(cpl, pce, pe);
    }

    @Override
    public int lvtpc() {
        return vcpu.lvt().lvtpc();
    }

    @Override
    public void lvtpc(int entry) {
        vcpu.lvt().lvtpc(entry);
    }

    @Override
    public void pmiSkid(long cycles) {
        physical.hardware().pmiSkid(cycles);
    }

    @Override
    public boolean pmiPending() {
        return vcpu.isPmiPending();
    }

    @Override
    public boolean takePmi() {
        return vcpu.takePmi();
    }

    @Override
    public long run(Step step, long from) {
        return vcpu.work(step, from, step.cycles());
    }

    @Override
    public long runSibling(Step step, long from) {
        throw new UnsupportedOperationException("a guest has one CPU");
    }

    @Override
    public void pairWith(PmuUnderTest second) {
        throw new UnsupportedOperationException("a guest has one CPU");
    }
}
