package dev.vpmu.testing.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.testing.ExpectedFindings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PMU04xx where inheritance, guards and SMT matter. */
class CpuidRulesTest {

    private static final String BANK = """
            package rules
            bank gp  index 0
            """;

    /** A whole cpu, but for its counters and leaves. */
    private static final String PART = """
            layout Select {
                event [7:0] is event code  umask [15:8] is unit mask  usr [16] is user mode  os [17] is kernel mode
                int [20] is interrupt enable  en [22] is enable
            }
            pmu Part {
                version 1
                msr VALUE[gp]   0xC1   is value
                msr SELECT[gp]  0x186  is selector Select
                rdpmc type [31:16] index [15:0]  exit before fault
                pmi through LVTPC masks itself
                events E
            }
            events E for Part {
                A = 0x3C:0x00  is cycles
                B = 0xC0:0x00  is instructions
            }
            """;

    private static void check(String text) {
        ExpectedFindings.check(new Source("a.pmu", BANK + text));
    }

    @Test
    void leavesThatExcludeEachOtherMayUseTheSameBits() {
        check("""
                pmu Part {
                    capability reload
                    cpuid 0x23 subleaf 2 when reload { EAX [31:0]  present gp }
                    cpuid 0x23 subleaf 2 unless reload { EAX [31:0]  0 }
                }
                """);
    }

    @Test
    void aChildMayTakeBackWhatItsParentHas() {
        check("""
                pmu Part {
                    capability reload
                    has reload
                    msr EXTRA  0x1A6  is extra  when reload
                }
                pmu Child extends Part { lacks reload }
                pmu Grandchild extends Child { has reload }
                """);
    }

    @Test
    void aValueOfZeroNeedsNobodyToReportIt() {
        check(PART + """
                layout Capabilities { format [3:0] is capability format }
                pmu Middle extends Part {
                    cpuid 0x1 { ECX [15]  capability pdcm }
                    msr CAPABILITIES  0x345  is capabilities Capabilities  read-only  when pdcm
                    msr EXTRA         0x1A6  is extra  when format
                }
                cpu Small extends Middle {
                    signature GenuineIntel family 6 model 1
                    counters gp  [0..3]  width 48 bits
                    has format = 0
                }
                """);
    }

    @Test
    void aCapabilityWhoseLeafDoesNotExistContradicts() {
        check(PART + """
                pmu Middle extends Part {
                    cpuid 0x1 { ECX [15]  capability pdcm }
                    cpuid 0x2 when pdcm { EAX [0]  capability inner }
                    msr EXTRA  0x1A6  is extra  when inner
                }
                cpu Small extends Middle {
                    signature GenuineIntel family 6 model 1
                    counters gp  [0..3]  width 48 bits
                    has inner  //! PMU0403 "inner" 'Small' has 'inner', but leaf 0x2 does not exist on it
                }
                cpu Whole extends Small {
                    signature GenuineIntel family 6 model 2
                    has pdcm
                }
                """);
    }

    @Test
    void aGapIsFineWhereABitmapOrNothingReportsTheBank() {
        check(PART + """
                cpu Unreported extends Part {
                    signature GenuineIntel family 6 model 1
                    counters gp  [0, 2]  width 48 bits
                }
                pmu Counted extends Part {
                    cpuid 0xA { EAX [15:8]  number of gp }
                }
                cpu Reported extends Counted {
                    signature GenuineIntel family 6 model 2
                    counters gp  [0, 2]  width 48 bits
                    cpuid 0x23 { EAX [31:0]  present gp }
                }
                """);
    }

    @Test
    void theValuesOfACpuAreCheckedInTheLeavesOfItsParents() {
        String text = BANK + """
                pmu Part {
                    cpuid 0xA {
                        EAX [1:0]    version
                        EAX [3:2]    leading gp
                        EAX [31:24]  length of architectural events
                        EBX [3:0]    absent architectural events
                        ECX [3:0]    present gp
                    }
                    events E
                }
                pmu Child extends Part {
                    version 4
                    counters gp  [0..2] with smt, [0..4] without smt  width 48 bits
                }
                events E for Part {
                    A = 0x3C:0x00  architectural 4
                    B = 0xC0:0x00  architectural 0
                }
                """;
        List<String> found = PmuChecker.standalone().check(List.of(new Source("a.pmu", text))).findings().stream()
                .filter(finding -> finding.id().equals("PMU0402"))
                .map(finding -> textOf(finding, text) + ": " + finding.message()).toList();
        assertEquals(List.of("4: the version has 2 bits, up to 3; 4 does not fit",
                "[0..4]: the number of 'gp' has 2 bits, up to 3; 5 does not fit",
                "4: CPUID has 4 bits for absent architectural events, and no bit 4"), found);
    }

    private static String textOf(Finding finding, String text) {
        return text.substring(finding.place().offset(), finding.place().offset() + finding.place().length());
    }
}
