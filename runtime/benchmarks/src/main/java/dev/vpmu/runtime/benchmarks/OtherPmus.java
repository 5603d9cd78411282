package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.List;
import vpmu.benchmarks.OtherV2Hardware;
import vpmu.benchmarks.OtherV4Hardware;
import vpmu.benchmarks.OtherV5Hardware;

/** PMUs that a JVM uses before the one that is measured, so that no call can count on which it meets. */
final class OtherPmus {

    private static final int OFTEN = 40_000;
    /** In the steps of {@link Guest} an event that comes in runs. */
    private static final long RUNS = 0x01A2;

    private OtherPmus() {
    }

    static List<PmuHardware> generated() {
        return List.of(new OtherV2Hardware(false), new OtherV4Hardware(false), new OtherV5Hardware(false));
    }

    /** For want of other hand-written PMUs, generated ones in three classes. */
    static List<WorkingRegisters> written() {
        return List.of(new First(), new Second(), new Third());
    }

    /** Uses another PMU at all the places at which {@code benchmarks} calls its own. */
    static void use(PmuBenchmarks benchmarks, PmuRegisters other) {
        Guest.program(other, 2, false);
        other.wrmsr(Guest.EVENT_SELECT, RUNS | Guest.COUNTING | Guest.INTERRUPT);
        benchmarks.privilege(0, true, true);
        Step[] work = Guest.work();
        for (int i = 0; i < OFTEN; i++) {
            benchmarks.lvtpc(PmuHardware.LVTPC_NMI);
            benchmarks.wrmsr(Guest.PMC, benchmarks.rdmsr(Guest.PMC) + benchmarks.rdpmc(0) - i);
            benchmarks.run(work[i % work.length]);
            benchmarks.takePmi();
        }
    }

    private abstract static class Adapter implements WorkingRegisters {

        private final PmuHardware hardware;

        Adapter(PmuHardware hardware) {
            this.hardware = hardware;
        }

        @Override
        public long rdmsr(int address) {
            return hardware.rdmsr(address);
        }

        @Override
        public void wrmsr(int address, long value) {
            hardware.wrmsr(address, value);
        }

        @Override
        public long rdpmc(int ecx) {
            return hardware.rdpmc(ecx);
        }

        @Override
        public long run(Step step, long from) {
            return hardware.run(step, from);
        }

        @Override
        public long runSibling(Step step, long from) {
            return hardware.runSibling(step, from);
        }

        @Override
        public void reset() {
            hardware.reset();
        }

        @Override
        public void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
            hardware.privilege(currentPrivilegeLevel, cr4Pce, cr0Pe);
        }

        @Override
        public void pmiSkid(long cycles) {
            hardware.pmiSkid(cycles);
        }

        @Override
        public int lvtpc() {
            return hardware.lvtpc();
        }

        @Override
        public void lvtpc(int entry) {
            hardware.lvtpc(entry);
        }

        @Override
        public boolean pmiPending() {
            return hardware.pmiPending();
        }

        @Override
        public boolean takePmi() {
            return hardware.takePmi();
        }
    }

    private static final class First extends Adapter {
        First() {
            super(new OtherV2Hardware(false));
        }
    }

    private static final class Second extends Adapter {
        Second() {
            super(new OtherV4Hardware(false));
        }
    }

    private static final class Third extends Adapter {
        Third() {
            super(new OtherV5Hardware(false));
        }
    }
}
