package dev.vpmu.runtime.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.runtime.cpu.RegisterElement;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import vpmu.intel.BroadwellEP;
import vpmu.intel.BroadwellEPHardware;

/** The hand-written PMU that generated code is measured against does exactly what generated code does. */
class HandWrittenBroadwellTest {

    private static final int PROGRAMS = "full".equals(System.getProperty("vpmu.effort")) ? 400_000 : 20_000;
    private static final int OPERATIONS = 60;
    /** Of those that counters ask for, few enough for steps to have them. */
    private static final long[] EVENTS = {Step.event(0x3C, 0), Step.event(0x3C, 1), Step.event(0xC0, 0), Step.event(0xC4, 0),
        Step.event(0x2E, 0x41), Step.event(0xB7, 1), Step.event(0xBB, 1), Step.event(0xCD, 1), Step.event(0, 0)};
    private static final long[] EXTRAS = {0, 3, 0x1_0000};
    private static final int[] OF_COUNTING = {0x38D, 0x38F, 0x390, 0x1D9, 0x1A6, 0x3F6, 0x186, 0x187, 0x188, 0x189, 0x18A, 0x18D};

    @Test
    void doesWhatGeneratedHardwareDoes() {
        for (int program = 0; program < PROGRAMS; program++) {
            long seed = new SplittableRandom(program).nextLong();
            new Program(seed).run();
        }
    }

    /** A random program on both PMUs. */
    private static final class Program {

        private final long seed;
        private final SplittableRandom random;
        private final BroadwellEPHardware generated;
        private final HandWrittenBroadwell written;
        private final List<Integer> addresses = new ArrayList<>(List.of(0, 0x38E, 0x392, 0x7FF, 0x800, -1, 0x186 + 8, 0x690));
        private final List<String> done = new ArrayList<>();

        Program(long seed) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            boolean smt = random.nextBoolean();
            done.add("seed 0x" + Long.toHexString(seed) + ", SMT " + smt);
            generated = new BroadwellEPHardware(smt);
            written = new HandWrittenBroadwell(smt);
            new BroadwellEP().registers().stream().map(RegisterElement::address).forEach(address -> addresses.add(address.intValue()));
        }

        void run() {
            for (int i = 0; i < OPERATIONS; i++) {
                operation();
            }
            everyRegister();
        }

        private void operation() {
            switch (random.nextInt(32)) {
                case 0 -> rdmsr(any(addresses));
                case 1 -> rdpmc();
                case 2 -> lvtpc(random.nextBoolean() ? PmuHardware.LVTPC_NMI : random.nextInt());
                case 3 -> privilege(random.nextInt(4), random.nextBoolean(), random.nextBoolean());
                case 4 -> skid(random.nextInt(3) == 0 ? 0 : random.nextInt(500));
                case 5, 6 -> take();
                case 7 -> rarelyReset();
                case 8, 9, 10 -> wrmsr(any(addresses), anyValue());
                case 11, 12, 13, 14, 15 -> counter();
                case 16, 17, 18, 19, 20, 21 -> selector();
                case 22, 23 -> wrmsr(OF_COUNTING[random.nextInt(OF_COUNTING.length)], anyValue());
                case 24 -> wrmsr(0x38F, random.nextBoolean() ? 0x7_0000_000FL : random.nextLong() & 0x7_0000_00FFL);
                case 25 -> wrmsr(0x1D9, random.nextLong() & 0x1801);
                default -> work();
            }
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private long anyValue() {
            return random.nextLong() >> random.nextInt(64) & (random.nextBoolean() ? -1 : random.nextLong());
        }

        private void counter() {
            int base = new int[] {0xC1, 0x4C1, 0x309}[random.nextInt(3)];
            long value = -1 - (random.nextLong() >>> 40 + random.nextInt(24));
            wrmsr(base + random.nextInt(base == 0x309 ? 3 : 8), base == 0xC1 ? value : value & 0xFFFF_FFFF_FFFFL);
        }

        private void selector() {
            if (random.nextInt(4) == 0) {
                wrmsr(0x38D, random.nextInt(3) == 0 ? 0xBBB : random.nextInt(0x1000));
                return;
            }
            long event = EVENTS[random.nextInt(EVENTS.length)];
            long selector = event >>> 32 | (event & 0xFF) << 8 | (random.nextLong() & 0x3_00FF_0000L & random.nextLong()) | 0x43_0000L;
            selector |= random.nextBoolean() ? 0x10_0000L : 0;
            selector |= random.nextInt(3) == 0 ? (long) random.nextInt(5) << 24 : 0;
            wrmsr(0x186 + random.nextInt(8), random.nextInt(4) == 0 ? selector : selector & ~0x3_0000_0000L);
        }

        private Step step() {
            long cycles = 1 + random.nextInt(1 << random.nextInt(random.nextInt(20) == 0 ? 31 : 12));
            Step.Builder builder = Step.of(cycles).ring(random.nextInt(4) & random.nextInt(4))
                    .transaction(random.nextInt(4) == 0 ? any(List.of(TransactionState.values())) : TransactionState.OUTSIDE);
            for (long event : EVENTS) {
                for (long extra : EXTRAS) {
                    if (random.nextInt(extra == 0 ? 4 : 8) != 0) {
                        continue;
                    }
                    if (random.nextBoolean()) {
                        builder.uniform(event, extra, random.nextLong(4 * cycles));
                    } else {
                        long period = 1 + random.nextLong(cycles);
                        builder.run(event, extra, random.nextInt(5), random.nextLong(period + 1), period);
                    }
                }
            }
            return builder.build();
        }

        private void work() {
            Step step = step();
            boolean ofSibling = random.nextInt(6) == 0;
            long at = random.nextInt(4) == 0 ? random.nextLong(step.cycles()) : 0;
            for (int i = 0; i < 3 && at < step.cycles(); i++) {
                long from = at;
                done.add((ofSibling ? "runSibling " : "run ") + step + " from " + from);
                at = same(() -> ofSibling ? generated.runSibling(step, from) : generated.run(step, from),
                        () -> ofSibling ? written.runSibling(step, from) : written.run(step, from));
                everyRegister();
                if (random.nextBoolean()) {
                    take();
                    lvtpc(PmuHardware.LVTPC_NMI);
                }
            }
        }

        private void rdmsr(int address) {
            done.add("rdmsr 0x" + Integer.toHexString(address));
            same(() -> generated.rdmsr(address), () -> written.rdmsr(address));
        }

        private void rdpmc() {
            int ecx = random.nextInt(13) - 1 | (random.nextBoolean() ? 0x4000_0000 : random.nextInt(8) == 0 ? random.nextInt() : 0);
            done.add("rdpmc 0x" + Integer.toHexString(ecx));
            same(() -> generated.rdpmc(ecx), () -> written.rdpmc(ecx));
        }

        private void wrmsr(int address, long value) {
            done.add("wrmsr 0x" + Integer.toHexString(address) + ", 0x" + Long.toHexString(value));
            same(() -> {
                generated.wrmsr(address, value);
                return 0;
            }, () -> {
                written.wrmsr(address, value);
                return 0;
            });
        }

        private void lvtpc(int entry) {
            done.add("lvtpc 0x" + Integer.toHexString(entry));
            generated.lvtpc(entry);
            written.lvtpc(entry);
        }

        private void privilege(int ring, boolean pce, boolean pe) {
            done.add("privilege " + ring + " " + pce + " " + pe);
            generated.privilege(ring, pce, pe);
            written.privilege(ring, pce, pe);
        }

        private void skid(int cycles) {
            done.add("skid " + cycles);
            generated.pmiSkid(cycles);
            written.pmiSkid(cycles);
        }

        private void take() {
            done.add("take");
            same(() -> generated.takePmi() ? 1 : 0, () -> written.takePmi() ? 1 : 0);
        }

        private void rarelyReset() {
            if (random.nextInt(10) == 0) {
                done.add("reset");
                generated.reset();
                written.reset();
            }
        }

        private void everyRegister() {
            addresses.forEach(address -> same(() -> generated.rdmsr(address), () -> written.rdmsr(address)));
            same(() -> generated.pmiPending() ? 1 : 0, () -> written.pmiPending() ? 1 : 0);
            same(generated::lvtpc, written::lvtpc);
        }

        private long same(LongSupplier ofGenerated, LongSupplier ofWritten) {
            Object expected = outcome(ofGenerated);
            Object actual = outcome(ofWritten);
            if (!expected.equals(actual)) {
                assertEquals(expected, actual, () -> String.join("\n", done));
            }
            return expected instanceof Long result ? result : 0;
        }

        private static Object outcome(LongSupplier access) {
            try {
                return access.getAsLong();
            } catch (GeneralProtectionFault fault) {
                return fault.access() + " of " + fault.address() + " with " + fault.value();
            }
        }
    }
}
