package dev.vpmu.generator.hardware.naive;

import static dev.vpmu.generator.hardware.naive.CpuSketch.range;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Clocks;
import dev.vpmu.generator.hardware.naive.CpuSketch.Extra;
import dev.vpmu.generator.hardware.naive.CpuSketch.Register;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import dev.vpmu.generator.hardware.naive.CpuSketch.Reserved;
import dev.vpmu.generator.hardware.naive.CpuSketch.Write;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** CPUs whose sketches are written by hand from the manual's and the kernel's facts (domain.md §2, §3; models.md). */
public final class SketchedCpus {

    private static final String PACKAGE = "sketched";
    private static final Write CHECKED = new Write.Checked(Reserved.FAULTS);

    private SketchedCpus() {
    }

    /** Broadwell-EP, which {@code vpmu.intel.BroadwellEP} describes. */
    public static CpuSketch broadwellEp() {
        Bank lbr = new Bank("lbr", OptionalInt.empty(), OptionalInt.empty(), Long.SIZE, range(0, 15), range(0, 15));
        // LBR format 4, PEBS trap (bit 6), PEBS format 2, freeze in SMM (bit 12), full-width writes (bit 13)
        long capabilities = 4 | 1 << 6 | 2 << 8 | 1 << 12 | 1 << 13;
        IntelSketch broadwell = new IntelSketch("BroadwellEP", 3, IntelSketch.gp(48, range(0, 3), range(0, 7)),
                IntelSketch.fixed(48, range(0, 2)), true, OptionalLong.of(capabilities));
        broadwell.registers.addAll(List.of(
                Register.single("MSR_OFFCORE_RSP_0", 0x1A6, RegisterRole.OTHER, CHECKED),
                Register.single("MSR_OFFCORE_RSP_1", 0x1A7, RegisterRole.OTHER, CHECKED),
                Register.single("MSR_PEBS_LD_LAT", 0x3F6, RegisterRole.OTHER, CHECKED),
                Register.single("IA32_PEBS_ENABLE", 0x3F1, RegisterRole.PRECISE_ENABLE, CHECKED),
                Register.single("IA32_DS_AREA", 0x600, RegisterRole.OTHER, new Write.FaultUnlessCanonical()),
                Register.single("MSR_LBR_SELECT", 0x1C8, RegisterRole.OTHER, CHECKED),
                Register.single("MSR_LASTBRANCH_TOS", 0x1C9, RegisterRole.OTHER, CHECKED),
                Register.array("MSR_LASTBRANCH_FROM_IP", lbr, 0x680, RegisterRole.OTHER, CHECKED),
                Register.array("MSR_LASTBRANCH_TO_IP", lbr, 0x6C0, RegisterRole.OTHER, CHECKED)));
        broadwell.extras.addAll(List.of(
                new Extra(0xB7, 0x01, "MSR_OFFCORE_RSP_0", CpuSketch.ALL_COUNTERS),
                new Extra(0xBB, 0x01, "MSR_OFFCORE_RSP_1", CpuSketch.ALL_COUNTERS),
                new Extra(0xCD, 0x01, "MSR_PEBS_LD_LAT", CpuSketch.ALL_COUNTERS)));
        return broadwell.sketch(new Clocks(2200, 2200, 100), List.of(lbr));
    }

    /** Every CPU that has a text beside its sketch; the Intel ones extend {@code vpmu.intel.arch}. */
    public static List<DescribedCpu> described() {
        return List.of(version1(), version2(), version4(), version4WithoutTransactions(), version5(), OddCpu.described());
    }

    /** Two counters that nothing enables together. */
    public static DescribedCpu version1() {
        IntelSketch sketch = new IntelSketch("SmallV1", 1, IntelSketch.gp(40, range(0, 1), range(0, 1)), IntelSketch.fixed(40, List.of()), false,
                OptionalLong.empty());
        return intel("SmallV1", """
                cpu SmallV1 extends ArchPerfmonV1 {
                    signature GenuineIntel family 6 model 0xE1
                    clocks core 3000 MHz tsc 2000 MHz bus 100 MHz
                    counters gp  [0..1]  width 40 bits
                }
                """, sketch.sketch(new Clocks(3000, 2000, 100), List.of()));
    }

    /** A time-stamp counter that is faster than the core; no transactions, no capabilities register. */
    public static DescribedCpu version2() {
        IntelSketch sketch = new IntelSketch("SmallV2", 2, IntelSketch.gp(40, range(0, 2), range(0, 2)), IntelSketch.fixed(48, range(0, 2)), false,
                OptionalLong.empty());
        return intel("SmallV2", """
                cpu SmallV2 extends ArchPerfmonV2 {
                    signature GenuineIntel family 6 model 0xE2
                    clocks core 1700 MHz tsc 2300 MHz bus 133 MHz
                    counters gp     [0..2]  width 40 bits
                    counters fixed  [0..2]  width 48 bits
                }
                """, sketch.sketch(new Clocks(1700, 2300, 133), List.of()));
    }

    /** Transactions, counters that SMT takes away, and a fourth fixed counter, whose event version 4 does not know. */
    public static DescribedCpu version4() {
        IntelSketch sketch = new IntelSketch("SmallV4", 4, IntelSketch.gp(48, range(0, 1), range(0, 3)), IntelSketch.fixed(40, range(0, 3)), true,
                OptionalLong.of(1 << 13));
        return intel("SmallV4", """
                cpu SmallV4 extends ArchPerfmonV4 {
                    signature GenuineIntel family 6 model 0xE4
                    clocks core 3000 MHz tsc 2000 MHz bus 100 MHz
                    counters gp     [0..1] with smt, [0..3] without smt  width 48 bits
                    counters fixed  [0..3]                               width 40 bits
                    has pdcm, rtm, full_width_write
                }
                """, sketch.sketch(new Clocks(3000, 2000, 100), List.of()));
    }

    /** No clocks are said, so all run alike; narrow counters. */
    public static DescribedCpu version4WithoutTransactions() {
        IntelSketch sketch = new IntelSketch("PlainV4", 4, IntelSketch.gp(32, range(0, 3), range(0, 3)), IntelSketch.fixed(33, range(0, 2)), false,
                OptionalLong.of(1 << 12));
        return intel("PlainV4", """
                cpu PlainV4 extends ArchPerfmonV4 {
                    signature GenuineIntel family 6 model 0xE6
                    counters gp     [0..3]  width 32 bits
                    counters fixed  [0..2]  width 33 bits
                    has pdcm, freeze_in_smm
                }
                """, sketch.sketch(Clocks.EQUAL, List.of()));
    }

    /** A gap between the fixed counters, which leaves slots; full-width writes, adaptive records and metrics. */
    public static DescribedCpu version5() {
        IntelSketch sketch = new IntelSketch("SmallV5", 5, IntelSketch.gp(48, range(0, 3), range(0, 3)), IntelSketch.fixed(48, List.of(0, 1, 3)), true,
                OptionalLong.of(1 << 13 | 1 << 14 | 1 << 15));
        return intel("SmallV5", """
                cpu SmallV5 extends ArchPerfmonV5 {
                    signature GenuineIntel family 6 model 0xE5
                    clocks core 2900 MHz tsc 2100 MHz bus 25 MHz
                    counters gp     [0..3]     width 48 bits
                    counters fixed  [0..1, 3]  width 48 bits
                    has pdcm, rtm, full_width_write, pebs_baseline, perf_metrics
                }
                """, sketch.sketch(new Clocks(2900, 2100, 25), List.of()));
    }

    private static DescribedCpu intel(String name, String cpu, CpuSketch sketch) {
        return new DescribedCpu(PACKAGE, name, "package " + PACKAGE + "\n\nimport vpmu.intel.arch.*\n\n" + cpu, sketch);
    }
}
