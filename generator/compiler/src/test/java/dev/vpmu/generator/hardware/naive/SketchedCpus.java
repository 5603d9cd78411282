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

/** CPUs whose sketches are written by hand from the manual's and the kernel's facts (domain.md §2, §3; models.md). */
public final class SketchedCpus {

    private static final Write CHECKED = new Write.Checked(Reserved.FAULTS);

    private SketchedCpus() {
    }

    /** Broadwell-EP, which {@code vpmu.intel.BroadwellEP} describes. */
    public static CpuSketch broadwellEp() {
        Bank lbr = new Bank("lbr", OptionalInt.empty(), OptionalInt.empty(), Long.SIZE, range(0, 15), range(0, 15));
        // LBR format 4, PEBS trap (bit 6), PEBS format 2, freeze in SMM (bit 12), full-width writes (bit 13)
        long capabilities = 4 | 1 << 6 | 2 << 8 | 1 << 12 | 1 << 13;
        IntelSketch broadwell = new IntelSketch("BroadwellEP", 3, IntelSketch.gp(48, range(0, 3), range(0, 7)), IntelSketch.fixed(48, range(0, 2)), true)
                .capabilities(capabilities);
        // freezing in SMM brings bit 14
        broadwell.replace(Register.single("IA32_DEBUGCTL", 0x1D9, RegisterRole.OTHER, CHECKED).writable(0xFFC3));
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
}
