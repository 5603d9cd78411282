package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.vpmu.MsrSwitch;

/** A guest's program on a vCPU, which shares CPUs with others. */
final class Virtual extends Side {

    final Vcpu vcpu;

    private final Stage stage;
    /** Which accesses are carried out by the hypervisor. */
    private MsrSwitch msrs;
    /** Whether its thread runs the guest, and is not in user space. */
    boolean isRun;

    Virtual(Subject subject, Machine machine, String name, Stage stage) {
        super(subject.counters());
        this.stage = stage;
        vcpu = new Vcpu(machine, name, subject.masksLvt(), port -> {
            msrs = port.msrSwitch();
            return subject.pmu().apply(port);
        });
    }

    /** What the CPU does by itself for this guest. */
    MsrSwitch msrs() {
        return msrs;
    }

    @Override
    long readMsr(int address) {
        return vcpu.rdmsr(address);
    }

    @Override
    void writeMsr(int address, long value) {
        vcpu.wrmsr(address, value);
    }

    @Override
    long readPmc(int ecx) {
        return vcpu.rdpmc(ecx);
    }

    @Override
    void retireCpuid() {
        vcpu.cpuid();
    }

    @Override
    void emulateBranch() {
        vcpu.emulatedBranch();
    }

    @Override
    int readLvtpc() {
        return vcpu.lvt().lvtpc();
    }

    @Override
    void writeLvtpc(int entry) {
        vcpu.lvt().lvtpc(entry);
    }

    @Override
    long run(Step step, long from, long to) {
        return stage.workInGuest(this, step, from, to);
    }

    @Override
    boolean isPending() {
        return vcpu.isPmiPending();
    }

    @Override
    boolean takePending() {
        return vcpu.takePmi();
    }

    @Override
    boolean waitHalted() {
        vcpu.halt();
        if (vcpu.isHalted()) {
            stage.idle(vcpu.cpu());
        }
        boolean woken = !vcpu.isHalted();
        vcpu.wake();
        // whoever looks at LVTPC is given what woke the guest
        vcpu.lvt().lvtpc();
        return woken;
    }

    @Override
    void powerOn() {
        vcpu.reset();
    }

    @Override
    void state(int level, boolean cr4Pce, boolean cr0Pe) {
        vcpu.privilege(level, cr4Pce, cr0Pe);
    }
}
