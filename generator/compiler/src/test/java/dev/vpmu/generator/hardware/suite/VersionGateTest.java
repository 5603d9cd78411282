package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.CpuModel;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which registers, and which bits of them, a version brings (domain.md §2.10, §2.11). */
class VersionGateTest {

    private static final int SELECT = 0x186;

    private static boolean has(TestedCpu cpu, String capability) {
        return cpu.cpu().capabilities().stream().anyMatch(one -> one.name().equals(capability) && one.value() != 0);
    }

    private static int version(TestedCpu cpu) {
        return cpu.cpu().version();
    }

    private static void assertExists(boolean exists, Bench bench, int address) {
        if (exists) {
            bench.pmu.rdmsr(address);
        } else {
            bench.assertFaults(() -> bench.pmu.rdmsr(address));
            bench.assertFaults(() -> bench.pmu.wrmsr(address, 0));
        }
    }

    @OnEveryCpu(value = "HW-9 0x38D to 0x390 exist from version 2 on, 0x391 and 0x392 from version 4 on", needs = Need.INTEL)
    void registersOfVersions(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        for (int address = 0x38D; address <= 0x392; address++) {
            assertExists(version(cpu) >= (address <= 0x390 ? 2 : 4), bench, address);
        }
        assertExists(false, bench, 0x38C);
        assertExists(false, bench, 0x393);
        assertExists(version(cpu) >= 2, bench, 0x309);
    }

    @OnEveryCpu(value = "HW-9 the status is read-only; only clearing it exists before version 4, and takes the status's own bits only", needs = Need.INTEL_VERSION_2)
    void statusRegisters(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        long counters = cpu.cpu().banks().stream().mapToLong(bank -> bank.counters(cpu.smt())).reduce(0, (a, b) -> a | b);
        long status = counters | 1L << 55 | 1L << 61 | 1L << 62 | 1L << 63 | (version(cpu) >= 4 ? 7L << 58 : 0)
                | (has(cpu, "perf_metrics") ? 1L << 48 : 0);
        bench.assertFaults(() -> bench.pmu.wrmsr(0x38E, 0));
        bench.pmu.wrmsr(0x390, status);
        assertEquals(0, bench.pmu.rdmsr(0x390));
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long one = 1L << bit;
            if ((status & one) == 0) {
                bench.assertFaults(() -> bench.pmu.wrmsr(0x390, one));
            }
        }
        if (version(cpu) >= 4) {
            for (int bit = 0; bit < Long.SIZE; bit++) {
                long one = 1L << bit;
                if ((status & one) != 0) {
                    bench.pmu.wrmsr(0x391, one);
                    assertEquals(one, bench.pmu.rdmsr(0x38E));
                    assertEquals(0, bench.pmu.rdmsr(0x391));
                    bench.pmu.wrmsr(0x390, one);
                    assertEquals(0, bench.pmu.rdmsr(0x38E));
                } else {
                    bench.assertFaults(() -> bench.pmu.wrmsr(0x391, one));
                }
            }
        }
    }

    @OnEveryCpu(value = "HW-9 AnyThread is a bit in versions 3 and 4 only, INUSE is read-only, and a selector's other bits fault", needs = Need.INTEL)
    void selectorBits(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        boolean any = version(cpu) == 3 || version(cpu) == 4;
        boolean transactions = has(cpu, "rtm");
        for (int index : cpu.indexes(cpu.cpu().bank("gp").orElseThrow())) {
            for (int bit = 0; bit < Long.SIZE; bit++) {
                boolean exists = bit == 21 ? any : bit < 32 || bit == 32 && transactions || bit == 33 && transactions && index == 2
                        || bit == 34 && version(cpu) >= 5 && has(cpu, "pebs_baseline");
                long one = 1L << bit;
                int address = SELECT + index;
                if (exists) {
                    bench.pmu.wrmsr(address, one);
                    assertEquals(one, bench.pmu.rdmsr(address));
                } else {
                    bench.assertFaults(() -> bench.pmu.wrmsr(address, one));
                }
            }
        }
        if (version(cpu) >= 4) {
            bench.assertFaults(() -> bench.pmu.wrmsr(0x392, 0));
        }
        if (version(cpu) >= 2) {
            for (int index : cpu.indexes(cpu.cpu().bank("fixed").orElseThrow())) {
                long nibble = any ? 0xF : 0xB;
                bench.pmu.wrmsr(0x38D, nibble << 4 * index);
                // the metrics counter's bit 2 clears them
                if (!any && !(index == 3 && has(cpu, "perf_metrics"))) {
                    bench.assertFaults(() -> bench.pmu.wrmsr(0x38D, 4L << 4 * index));
                }
            }
        }
    }

    @OnEveryCpu(value = "HW-9 an address that is not the CPU's, or not the counter's that exists now, faults and changes nothing", needs = Need.REGISTERS)
    void unknownAddresses(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        CpuModel model = cpu.cpu();
        Set<Integer> known = model.addresses().stream().filter(element -> !cpu.smt() || !element.withoutSmtOnly()).map(element -> (int) element.address())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> asked = new TreeSet<>(Set.of(0, 1, -1, Integer.MAX_VALUE, 0x10, 0xC1, 0xC2, 0x186, 0x187, 0x1900, 0xC001_0200, 0xC000_0300));
        for (AddressModel element : model.addresses()) {
            for (int away = -3; away <= 3; away++) {
                asked.add((int) element.address() + away);
            }
        }
        asked.removeAll(known);
        for (int address : asked) {
            bench.assertFaults(() -> bench.pmu.rdmsr(address));
            bench.assertFaults(() -> bench.pmu.wrmsr(address, 0));
            bench.assertFaults(() -> bench.pmu.wrmsr(address, -1));
        }
        known.forEach(bench.pmu::rdmsr);
        Bench untouched = Bench.afterReset(cpu);
        known.forEach(address -> assertEquals(untouched.pmu.rdmsr(address), bench.pmu.rdmsr(address), () -> Integer.toHexString(address)));
    }
}
