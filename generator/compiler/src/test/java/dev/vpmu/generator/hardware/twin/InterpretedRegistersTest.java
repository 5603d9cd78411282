package dev.vpmu.generator.hardware.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.generator.InventedCpuTest;
import dev.vpmu.runtime.registers.CpuidWords;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import org.junit.jupiter.api.Test;

/** Reads, writes, RDPMC and CPUID; the expected values are worked out by hand from the texts and the shipped files. */
class InterpretedRegistersTest {

    private static final CpuModel BROADWELL = Models.shipped("BroadwellEP");
    private static final CpuModel ODD = Models.of("Odd", InventedCpuTest.ODD);
    private static final CpuModel RULES = Models.of("Rules", """
            package invented

            bank c  index 0  rdpmc 0x0
            bank s  index 8  rdpmc 0x1

            layout Select reserved ignored {
                event  [7:0]    is event code
                umask  [15:8]   is unit mask
                u      [16]     is user mode
                k      [17]     is kernel mode
                int    [20]     is interrupt enable
                en     [22]     is enable
                alone  [24]     on c[1]
                udis   [37]     is user read disable
            }
            layout Steady reserved kept {
                each s at 0 by 8 {
                    k  [0]  is kernel mode
                    u  [1]  is user mode
                    i  [2]  is interrupt enable
                }
            }
            layout Overflows reserved ignored {
                each c { over  [0]  is overflow }
                each s { over  [0]  is overflow }
                more  [63:60]
            }
            layout Strict {
                low  [7:0]
            }

            cpu Rules {
                signature Acme family 0x1F model 4
                counters c  [0..1] with smt, [0..3] without smt  width 40 bits
                counters s  [0]                                  width 40 bits

                msr SELECT[c]    0x10  is selector Select
                msr COUNT[c]     0x20  is value               write sign-extends 16 bits
                msr COUNT_AS[c]  0x30  alias of COUNT         write faults beyond width
                msr S_COUNT[s]   0x40  is value
                msr S_CONTROL    0x41  is selector Steady     reset 0xFF00
                msr STATUS       0x42  is status Overflows    read-only
                msr STATUS_CLEAR 0x43  clears STATUS          reads 0x33
                msr STATUS_SET   0x44  sets STATUS
                msr STRICT       0x45  is control Strict      valid 0x3F
                msr AREA         0x46  is plain               write faults unless canonical
                msr SHARED       0x47  is extra               per core
                msr DEAF         0x48  is plain               write ignored  reset 0x5A
                msr SEEN[c]      0x50  is plain               rdpmc 0x7      reset 0x99

                rdpmc index [7:0]  exit before fault
                pmi through LVTPC stays unmasked
            }
            """);

    private final InterpretedPmu broadwell = new InterpretedPmu(BROADWELL, true);
    private final InterpretedPmu rules = new InterpretedPmu(RULES, true);

    private static void assertFaults(Runnable access) {
        assertThrows(GeneralProtectionFault.class, access::run);
    }

    /** Writes, and reads what is there then. */
    private static long after(InterpretedPmu pmu, int address, long value) {
        pmu.wrmsr(address, value);
        return pmu.rdmsr(address);
    }

    private static void assertRefuses(InterpretedPmu pmu, int address, long value) {
        long before = pmu.rdmsr(address);
        GeneralProtectionFault fault = assertThrows(GeneralProtectionFault.class, () -> pmu.wrmsr(address, value));
        assertEquals(GeneralProtectionFault.Access.WRMSR, fault.access());
        assertEquals(address, fault.address());
        assertEquals(value, fault.value());
        assertEquals(before, pmu.rdmsr(address));
    }

    @Test
    void unknownAddressesFault() {
        assertFaults(() -> broadwell.rdmsr(0x391));
        assertFaults(() -> broadwell.wrmsr(0x391, 0));
        assertFaults(() -> broadwell.rdmsr(0x392));
        assertFaults(() -> rules.rdmsr(0));
    }

    @Test
    void whatExistsOnlyWithoutSmtFaultsWithSmt() {
        InterpretedPmu alone = new InterpretedPmu(BROADWELL, false);
        assertFaults(() -> broadwell.rdmsr(0xC5));
        assertFaults(() -> broadwell.wrmsr(0x18A, 0));
        assertFaults(() -> broadwell.rdmsr(0x4C8));
        assertEquals(7, after(alone, 0xC8, 7));
        assertEquals(0xF, broadwell.rdmsr(0x38F));
        assertEquals(0xFF, alone.rdmsr(0x38F));
        assertRefuses(broadwell, 0x38F, 0x10);
        assertEquals(0x7_0000_00FFL, after(alone, 0x38F, 0x7_0000_00FFL));
        assertRefuses(alone, 0x38F, 0x100);
    }

    @Test
    void legacyWritesExtendTheSignAndFullWidthOnesFaultBeyondIt() {
        assertEquals(0xFFFF_8000_0000L, after(broadwell, 0xC1, 0x1234_8000_0000L));
        assertEquals(0xFFFF_8000_0000L, broadwell.rdmsr(0x4C1));
        assertEquals(0x7FFF_FFFFL, after(broadwell, 0xC1, 0xFFFF_FFFF_7FFF_FFFFL));
        assertEquals(0xFFFF_FFFF_FFFFL, after(broadwell, 0x4C1, 0xFFFF_FFFF_FFFFL));
        assertEquals(0xFFFF_FFFF_FFFFL, broadwell.rdmsr(0xC1));
        assertRefuses(broadwell, 0x4C1, 0x1_0000_0000_0000L);
        assertEquals(0x2345_6789_ABCDL, after(broadwell, 0x309, 0x1_2345_6789_ABCDL));
        assertEquals(0xFF_FFFF_8001L, after(rules, 0x20, 0x12_8001L));
        assertEquals(0x12_3456_789AL, after(rules, 0x40, 0xFF12_3456_789AL));
    }

    @Test
    void reservedBitsFaultAreDroppedOrAreKept() {
        assertRefuses(broadwell, 0x186, 0x2_0000_0000L);
        assertEquals(0x2_0000_0000L, after(broadwell, 0x188, 0x2_0000_0000L));
        assertRefuses(broadwell, 0x38D, 0x1000);
        assertEquals(0xFFF, after(broadwell, 0x38D, 0xFFF));
        assertEquals(0x3F, after(rules, 0x45, 0x3F));
        assertRefuses(rules, 0x45, 0x40);
        assertEquals(0x20_0053_0102L, after(rules, 0x10, 0xFFF0_00A0_0153_0102L & ~0x80_0000L));
        assertEquals(0x153_0102L, after(rules, 0x11, 0xFFF0_0000_0153_0102L));
        assertEquals(0xFF05, after(rules, 0x41, 0x1_0075L & ~0x70L));
        assertEquals(0xFF02, after(rules, 0x41, 0xA));
    }

    @Test
    void readOnlyAndIgnoredWritesChangeNothing() {
        assertRefuses(broadwell, 0x38E, 0);
        assertRefuses(broadwell, 0x345, broadwell.rdmsr(0x345));
        assertEquals(0x3244, broadwell.rdmsr(0x345));
        assertEquals(0x5A, after(rules, 0x48, 0xFFFF));
    }

    @Test
    void addressesHaveToBeCanonical() {
        assertEquals(0x7FFF_FFFF_FFFFL, after(rules, 0x46, 0x7FFF_FFFF_FFFFL));
        assertRefuses(rules, 0x46, 0x8000_0000_0000L);
        assertEquals(0xFFFF_8000_0000_0000L, after(rules, 0x46, 0xFFFF_8000_0000_0000L));
        assertRefuses(rules, 0x46, 0xFFFF_0000_0000_0000L);
        assertRefuses(broadwell, 0x600, 0x8000_0000_0000_0000L);
    }

    @Test
    void statusIsSetAndClearedThroughItsOwnRegisters() {
        rules.wrmsr(0x44, 0xF000_0000_0000_01FFL);
        assertEquals(0xF000_0000_0000_0103L, rules.rdmsr(0x42), "counters that do not exist have no bits");
        assertEquals(0, rules.rdmsr(0x44));
        rules.wrmsr(0x43, 0x5000_0000_0000_0002L);
        assertEquals(0xA000_0000_0000_0101L, rules.rdmsr(0x42));
        assertEquals(0x33, rules.rdmsr(0x43));
        assertRefuses(broadwell, 0x390, 0x10);
        assertEquals(0, after(broadwell, 0x390, 0xE080_0007_0000_000FL));
    }

    @Test
    void siblingsShareWhatIsPerCore() {
        InterpretedPmu second = new InterpretedPmu(RULES, true);
        second.wrmsr(0x47, 1);
        rules.wrmsr(0x47, 2);
        InterpretedPmu.pair(rules, second);
        assertEquals(2, second.rdmsr(0x47));
        second.wrmsr(0x47, 3);
        assertEquals(3, rules.rdmsr(0x47));
        rules.wrmsr(0x45, 4);
        assertEquals(0, second.rdmsr(0x45));
        rules.reset();
        assertEquals(0, second.rdmsr(0x47));
        assertThrows(IllegalArgumentException.class, () -> InterpretedPmu.pair(rules, rules));
        assertThrows(IllegalArgumentException.class, () -> InterpretedPmu.pair(rules, broadwell));
    }

    @Test
    void resetForgetsEverything() {
        rules.wrmsr(0x44, -1);
        rules.wrmsr(0x41, 7);
        rules.wrmsr(0x11, -1);
        rules.wrmsr(0x20, -1);
        rules.reset();
        assertEquals(0, rules.rdmsr(0x42));
        assertEquals(0xFF00, rules.rdmsr(0x41));
        assertEquals(0, rules.rdmsr(0x11));
        assertEquals(0, rules.rdmsr(0x30));
        assertEquals(0x10000, rules.lvtpc());
    }

    @Test
    void rdpmcSelectsByTypeAndIndex() {
        broadwell.wrmsr(0xC4, 11);
        broadwell.wrmsr(0x30B, 12);
        assertEquals(11, broadwell.rdpmc(3));
        assertEquals(12, broadwell.rdpmc(0x4000_0002));
        for (int ecx : new int[] {4, 0x4000_0003, 0x8000_0000, 0x2000_0000, 0xC000_0000, 0x0001_0000, -1}) {
            assertFaults(() -> broadwell.rdpmc(ecx));
        }
        assertEquals(0, new InterpretedPmu(BROADWELL, false).rdpmc(7));
        InterpretedPmu odd = new InterpretedPmu(ODD, true);
        odd.wrmsr(0x707, 13);
        odd.wrmsr(0x751, 14);
        assertEquals(13, odd.rdpmc(2));
        assertEquals(14, odd.rdpmc(0x1001));
        assertFaults(() -> odd.rdpmc(1));
        assertFaults(() -> odd.rdpmc(0x1002));
    }

    @Test
    void rdpmcWithoutTypesTakesGlobalIndexes() {
        rules.wrmsr(0x21, 21);
        rules.wrmsr(0x40, 28);
        assertEquals(21, rules.rdpmc(1));
        assertEquals(28, rules.rdpmc(8));
        for (int ecx : new int[] {2, 9, 0x100, 0x8000_0000}) {
            assertFaults(() -> rules.rdpmc(ecx));
        }
    }

    @Test
    void rdpmcReadsRegistersThatHaveAType() {
        CpuModel typed = Models.of("Typed", """
                package invented
                import vpmu.intel.arch.*
                cpu Typed extends ArchPerfmonV2 {
                    signature Acme family 0x1F model 5
                    counters gp     [0..1] with smt, [0..2] without smt  width 48 bits
                    counters fixed  [0]     width 48 bits
                    msr METRICS   0x329  is metrics TopdownMetrics  rdpmc 0x2000  reset 0x1234
                    msr SEEN[gp]  0x50   is plain                   rdpmc 0x2001  reset 0x99
                }
                """);
        InterpretedPmu pmu = new InterpretedPmu(typed, true);
        assertEquals(0x1234, pmu.rdpmc(0x2000_0000));
        assertFaults(() -> pmu.rdpmc(0x2000_0001));
        assertEquals(0x99, pmu.rdpmc(0x2001_0001));
        assertFaults(() -> pmu.rdpmc(0x2001_0002));
        assertEquals(0x99, new InterpretedPmu(typed, false).rdpmc(0x2001_0002));
    }

    @Test
    void rdpmcFaultsInProtectedModeOutsideRing0UnlessAllowed() {
        for (int cpl = 0; cpl < 4; cpl++) {
            for (boolean pce : new boolean[] {false, true}) {
                for (boolean pe : new boolean[] {false, true}) {
                    broadwell.privilege(cpl, pce, pe);
                    if (pe && cpl != 0 && !pce) {
                        assertFaults(() -> broadwell.rdpmc(0));
                    } else {
                        assertEquals(0, broadwell.rdpmc(0));
                    }
                }
            }
        }
        broadwell.privilege(3, false, true);
        broadwell.reset();
        assertEquals(0, broadwell.rdpmc(0));
    }

    @Test
    void userReadDisableShows0OutsideRing0() {
        rules.wrmsr(0x20, 5);
        rules.wrmsr(0x10, 1L << 37);
        assertEquals(5, rules.rdpmc(0));
        rules.privilege(3, true, true);
        assertEquals(0, rules.rdpmc(0));
        rules.wrmsr(0x10, 0);
        assertEquals(5, rules.rdpmc(0));
    }

    @Test
    void cpuidDependsOnSmt() {
        InterpretedPmu odd = new InterpretedPmu(ODD, false);
        assertEquals(0x0602, odd.cpuid(0xB0, 2).eax());
        assertEquals(0b01_1101 << 4, new InterpretedPmu(ODD, true).cpuid(0xB0, 2).ecx());
        assertEquals(CpuidWords.ZERO, odd.cpuid(0xB0, 0));
        assertEquals(0x0730_0403, broadwell.cpuid(0xA, 0).eax());
    }
}
