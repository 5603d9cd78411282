package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.perf.PerfSystem;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a machine refuses, and what it says. */
class IllegalUseTest {

    /** Something that only a guest that runs can do. */
    private record Instruction(String name, Consumer<Stubbed> what) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Instruction> instructions() {
        return Stream.of(new Instruction("work", Stubbed::work), new Instruction("RDMSR", to -> to.vcpu.rdmsr(Guest.PMC)),
                new Instruction("WRMSR", to -> to.vcpu.wrmsr(Guest.PMC, 0)), new Instruction("RDPMC", to -> to.vcpu.rdpmc(0)),
                new Instruction("CPUID", to -> to.vcpu.cpuid()), new Instruction("an emulated branch", to -> to.vcpu.emulatedBranch()),
                new Instruction("HLT", to -> to.vcpu.halt()), new Instruction("RDMSR that passes", to -> {
                    to.msrs().pass(Guest.PMC, true, true);
                    to.vcpu.rdmsr(Guest.PMC);
                }));
    }

    private static String refused(Runnable what) {
        return assertThrows(IllegalStateException.class, what::run).getMessage();
    }

    @ParameterizedTest(name = "a guest that does not run cannot do {0}")
    @MethodSource("instructions")
    void aGuestThatDoesNotRun(Instruction instruction) {
        Stubbed stubbed = new Stubbed();
        assertEquals("vcpu has no CPU; its guest cannot go on", refused(() -> instruction.what().accept(stubbed)));
        stubbed.first.schedule(stubbed.vcpu);
        assertEquals("vcpu is in user space; its guest cannot go on", refused(() -> instruction.what().accept(stubbed)));
        stubbed.vcpu.run();
        stubbed.vcpu.halt();
        assertEquals("vcpu halts; its guest cannot go on", refused(() -> instruction.what().accept(stubbed)));
        stubbed.vcpu.reset();
        instruction.what().accept(stubbed);
        stubbed.vcpu.reset();
        stubbed.vcpu.returnToUserSpace();
        assertEquals("vcpu is in user space; its guest cannot go on", refused(() -> instruction.what().accept(stubbed)));
        stubbed.vcpu.run();
        stubbed.first.schedule(null);
        assertEquals("vcpu has no CPU; its guest cannot go on", refused(() -> instruction.what().accept(stubbed)));
    }

    @Test
    void aThreadRunsOnOneCpu() {
        Stubbed stubbed = Stubbed.running();
        assertEquals("vcpu runs on CPU 0; it must be taken from there first", refused(() -> stubbed.second.schedule(stubbed.vcpu)));
        HostThread other = new HostThread("other");
        stubbed.second.schedule(other);
        assertEquals("other runs on CPU 1; it must be taken from there first", refused(() -> stubbed.first.schedule(other)));
        assertEquals(List.of("CPU 1 runs other"), stubbed.journal.take());
        stubbed.work();
        stubbed.second.schedule(null);
        stubbed.first.schedule(other);
        assertEquals(stubbed.first, other.cpu());
    }

    @Test
    void withoutACpuAGuestIsNeitherRunNorLeft() {
        Stubbed stubbed = new Stubbed();
        assertEquals("vcpu has no CPU to run on", refused(stubbed.vcpu::run));
        stubbed.first.schedule(stubbed.vcpu);
        stubbed.vcpu.run();
        stubbed.first.schedule(null);
        assertEquals("vcpu waits for a CPU; it cannot return to user space", refused(stubbed.vcpu::returnToUserSpace));
    }

    @Test
    void threadsStayOnTheirMachine() {
        Stubbed stubbed = new Stubbed();
        Host other = new Host(HostCpu.any());
        assertEquals("vcpu is of another machine", assertThrows(IllegalArgumentException.class, () -> other.first.schedule(stubbed.vcpu)).getMessage());
    }

    private static String refused(HostCpu cpu, int count, boolean smt, long megahertz) {
        return assertThrows(IllegalArgumentException.class, () -> new Machine(cpu.door(), count, smt, megahertz, new PerfSystem())).getMessage();
    }

    @Test
    void machinesHaveWholeCoresAndTime() {
        HostCpu cpu = HostCpu.any();
        assertEquals("3 CPUs at 2200 MHz with SMT, where there are two threads a core", refused(cpu, 3, true, 2_200));
        assertEquals("0 CPUs at 2200 MHz", refused(cpu, 0, false, 2_200));
        assertEquals("1 CPUs at 0 MHz", refused(cpu, 1, false, 0));
        Machine machine = new Machine(cpu.door(), 3, false, 1_000, new PerfSystem());
        assertEquals(3, machine.cpus().size());
        machine.cpu(2).work(Step.of(77).build());
        assertEquals(77, machine.cpu(2).nanos());
    }
}
