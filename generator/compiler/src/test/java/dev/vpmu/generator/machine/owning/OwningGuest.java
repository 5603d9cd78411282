package dev.vpmu.generator.machine.owning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.function.LongSupplier;

/** A guest of one vCPU that owns counters, and its registers as they must be. */
final class OwningGuest {

    final Vcpu vcpu;
    final NaiveRegisters naive;

    private final Stage stage;
    private Runnable handler;
    private boolean handling;
    private boolean loaded;
    private int ring;

    OwningGuest(Stage stage, String name, VpmuDesign design) {
        this.stage = stage;
        vcpu = new Vcpu(stage.machine, name, design);
        naive = new NaiveRegisters(stage.cpu);
    }

    OwnedCpu cpu() {
        return stage.cpu;
    }

    /** Whether its thread runs the guest, or would if it had a CPU. */
    boolean isLoaded() {
        return loaded;
    }

    void run() {
        loaded = true;
        vcpu.run();
        stage.invariants().check();
    }

    void returnToUserSpace() {
        vcpu.returnToUserSpace();
        loaded = false;
        stage.invariants().check();
    }

    void reset() {
        naive.reset();
        ring = 0;
        vcpu.reset();
        stage.invariants().host().reset(vcpu);
        stage.invariants().check();
    }

    /** Opens the guest's interrupts for PMIs: what handles them runs between pieces of work. */
    void onPmi(Runnable next) {
        handler = next;
        vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
    }

    void privilege(int level, boolean pce) {
        ring = level;
        vcpu.privilege(level, pce, true);
    }

    /** A write, which counts as an instruction where it does not fault. */
    void wrmsr(int address, long value) {
        vcpu.wrmsr(address, value);
        naive.wrote(address, value, ring);
        stage.invariants().check();
    }

    long rdmsr(int address) {
        return told(() -> vcpu.rdmsr(address), naive.read(address).orElse(-1), naive.read(address).isPresent());
    }

    long rdpmc(int ecx) {
        int counter = ecx & 0xFFFF | ((ecx & Intel.RDPMC_FIXED) != 0 ? Intel.FIXED : 0);
        return told(() -> vcpu.rdpmc(ecx), counter < 40 ? naive.value(counter) : 0, true);
    }

    private long told(LongSupplier read, long expected, boolean isKnown) {
        long value = read.getAsLong();
        if (isKnown && stage.invariants().areChecked()) {
            assertEquals(expected, value, () -> vcpu + " is told something else");
        }
        naive.emulated(Work.INSTRUCTIONS, ring);
        stage.invariants().check();
        return value;
    }

    void cpuid() {
        vcpu.cpuid();
        naive.emulated(Work.INSTRUCTIONS, ring);
        stage.invariants().check();
    }

    /** Works; PMIs interrupt it, and if there is a handler it runs then. */
    void work(Work work) {
        if (work.ring() != ring) {
            privilege(work.ring(), false);
        }
        for (long at = 0; at < work.cycles();) {
            long stopped = vcpu.work(work.step(), at, work.cycles());
            naive.worked(work, at, stopped);
            at = stopped;
            stage.invariants().check();
            handle();
        }
    }

    private void handle() {
        if (handler != null && !handling && vcpu.takePmi()) {
            handling = true;
            handler.run();
            handling = false;
        }
    }

    /** Gives a counter with a selector a value, and then its selector. */
    void select(int counter, long selector, long value) {
        wrmsr(Intel.PMC + counter, value);
        wrmsr(Intel.EVENTSEL + counter, selector);
    }

    void enable(long counters) {
        wrmsr(Intel.GLOBAL_CTRL, counters);
    }

    long value(int counter) {
        return rdmsr(counter < Intel.FIXED ? Intel.PMC + counter : Intel.FIXED_CTR + counter - Intel.FIXED);
    }

    long status() {
        return rdmsr(Intel.STATUS);
    }
}
