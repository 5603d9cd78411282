package dev.vpmu.testing.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.testing.ExpectedFindings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** PMU02xx where inheritance, guards, strides and undecided counters matter. */
class RegisterRulesTest {

    private static final String BANKS = """
            package rules
            bank gp  index 0
            bank fixed  index 32
            """;

    /** A whole cpu but for its signature. */
    private static final String CPU = """
            layout Select {
                event [7:0] is event code  umask [15:8] is unit mask  usr [16] is user mode  os [17] is kernel mode
                int [20] is interrupt enable  en [22] is enable
            }
            pmu Part {
                version 1
                counters gp  [0..3]  width 48 bits
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
        ExpectedFindings.check(new Source("a.pmu", BANKS + text));
    }

    @Test
    void aRegisterThatReplacesAnInheritedOneMayStandAtItsAddressOrElsewhere() {
        check("""
                pmu Part {
                    msr VALUE[gp]  0xC1   is value
                    msr EXTRA      0x1A6  is extra
                }
                pmu Child extends Part {
                    counters gp  [0..3]  width 48 bits
                    msr VALUE[gp]  0x4C1  is value
                    msr EXTRA      0x1A6  is plain
                    msr OTHER      0xC2   is plain
                }
                """);
    }

    @Test
    void anAddressTakenInAChildIsReportedThereAndNotInTheParent() {
        check("""
                pmu Part {
                    msr EXTRA  0x1A6  is extra
                }
                pmu Child extends Part {
                    msr OTHER  0x1A6  is plain  //! PMU0201 "0x1A6" 'OTHER' begins at 0x1A6, as 'EXTRA' does
                }
                pmu Grandchild extends Child {
                }
                """);
    }

    @Test
    void anAddressTakenByAReplacedRegisterIsReportedWhereItWasReplaced() {
        check("""
                pmu Part {
                    msr FIRST   0x1A6  is extra
                    msr SECOND  0x1A7  is extra
                }
                pmu Child extends Part {
                    msr FIRST  0x1A7  is extra  //! PMU0201 "0x1A7" 'FIRST' begins at 0x1A7, as 'SECOND' does
                }
                """);
    }

    @Test
    void interleavedArraysDoNotMeet() {
        check("""
                pmu Part {
                    counters gp  [0..5]  width 48 bits
                    msr SELECT[gp]         0xC001_0200  by 2  is plain
                    msr VALUE[gp]          0xC001_0201  by 2  is value
                    msr OLD[gp 0..3]       0xC001_0004        alias of VALUE
                    msr HIGH[gp 4, 5]      0xC001_0004        is plain
                    msr OTHER              0xC001_020C        is plain
                }
                """);
    }

    @Test
    void arraysWhoseLengthIsUnknownMeetOnlyWhenTheyAreTheSame() {
        check("""
                pmu Part {
                    msr VALUE[gp]     0xC1  is value
                    msr OTHER         0xC2  is plain
                    msr FIXED[fixed]  0xC1  is value
                    msr SECOND[gp]    0xC1  is plain  //! PMU0201 "0xC1" 'SECOND' begins at 0xC1, as 'VALUE' does
                }
                """);
    }

    @Test
    void countersThatAreGuardedLeaveTheLengthOpenInAPart() {
        check("""
                pmu Part {
                    capability big
                    counters gp  [0..7]  width 48 bits  when big
                    msr VALUE[gp]  0xC1  is value
                    msr OTHER      0xC6  is plain
                }
                """);
    }

    @Test
    void countersThatExistOnlyWithoutSmtTakeRoom() {
        check("""
                pmu Part {
                    msr VALUE[gp]  0xC1  is value
                    msr OTHER      0xC7  is plain
                }
                pmu Child extends Part {
                    counters gp  [0..3] with smt, [0..7] without smt  width 48 bits
                    //! PMU0202 "[0..7]" 'VALUE' has 8 elements up to 0xC8, but 'OTHER' is at 0xC7: there is room for 6
                }
                """);
    }

    @Test
    void aGapInTheBankLeavesRoomForAnotherRegister() {
        check("""
                pmu Part {
                    counters fixed  [0..2, 4..6]  width 48 bits
                    msr VALUE[fixed]  0x309  is value
                    msr OTHER         0x30C  is plain
                }
                """);
    }

    @Test
    void registersThatExcludeEachOtherShareAnArraysRoom() {
        check("""
                pmu Part {
                    counters gp  [0..3]  width 48 bits
                    capability block
                    msr VALUE[gp]  0xC1  is value  when block
                    msr OTHER      0xC2  is plain  unless block
                }
                """);
    }

    @Test
    void guardsThatAreUndecidedInAPartAreDecidedInACpu() {
        check(CPU + """
                pmu Middle extends Part {
                    capability one
                    capability two
                    msr FIRST   0x1A6  is extra  when one
                    msr SECOND  0x1A6  is extra  when two  //! PMU0201 "0x1A6" 'SECOND' begins at 0x1A6, as 'FIRST' does
                }
                cpu One extends Middle {
                    signature GenuineIntel family 6 model 1
                    has one
                }
                cpu Both extends Middle {
                    signature GenuineIntel family 6 model 2
                    has one, two
                }
                """);
    }

    @Test
    void registersOfDifferentCapabilitiesMayShareAnAddressWhileNoCpuHasBoth() {
        check("""
                pmu Part {
                    capability one
                    capability two
                    msr FIRST   0x1A6  is extra  when one
                    msr SECOND  0x1A6  is extra  when two
                }
                """);
    }

    @Test
    void whatCouldNotBeReadIsNotMissed() {
        check("""
                pmu Part extends Nothing {  //! PMU0001 "Nothing" pmu 'Nothing' is not known here
                    has rtm
                    msr EXTRA  0x1A6  is extra  when rtm
                }
                pmu Other { cpuid 0x7 { EBX [11]  capability rtm } }
                layout Bits extends Nothing { low [0] }  //! PMU0001 "Nothing" layout 'Nothing' is not known here
                pmu Third {
                    msr CONTROL  0x1D9  is control Bits  reset 0x2
                }
                """);
    }

    @Test
    void aParentThatStandsInTextThatCannotBeReadIsNotMissed() {
        List<String> ids = PmuChecker.standalone().check(List.of(new Source("a.pmu", BANKS + """
                pm Part {
                    cpuid 0x7 { EBX [11]  capability rtm }
                }
                pmu Child extends Part {
                    has rtm
                }
                pmu Other { cpuid 0x7 { EBX [11]  capability rtm } }
                """))).findings().stream().map(Finding::id).distinct().toList();
        assertEquals(List.of("PMU0000"), ids);
    }

    @Test
    void aTargetIsJudgedAsItIsOnTheCpu() {
        check("""
                layout Bits { each gp { bit [0] is overflow } }
                layout More { each gp { bit [0] is enable } }
                pmu Part {
                    msr STATUS  0x38E  is status Bits  read-only
                    msr CLEAR   0x390  clears STATUS  reads 0  //! PMU0203 "STATUS" 'CLEAR' clears 'STATUS', which is no status register
                }
                pmu Child extends Part {
                    msr STATUS  0x38E  is enable More
                }
                """);
    }

    @Test
    void twoAliasesOfEachOtherHaveNoStorage() {
        check("""
                pmu Part {
                    msr A  0x1  alias of B  //! PMU0203 "B" 'B' is an alias itself; one of the two has to hold the bits
                    msr B  0x2  alias of A  //! PMU0203 "A" 'A' is an alias itself; one of the two has to hold the bits
                }
                """);
    }

    @Test
    void aCapabilityThatAChildDeclaresMayBeNamedBefore() {
        check("""
                pmu Part {
                    msr EXTRA  0x1A6  is extra  when rtm
                }
                pmu Child extends Part {
                    cpuid 0x7 { EBX [11]  capability rtm }
                }
                """);
    }

    @Test
    void aGuardOfALayoutMayNameWhatTheCpuDoesNotDeclare() {
        check("""
                layout Bits { a [0]  b [1] when rtm }
                pmu Other { cpuid 0x7 { EBX [11]  capability rtm } }
                pmu Part { msr CONTROL  0x1D9  is control Bits }
                """);
    }

    @Test
    void resetBitsOfAnArrayAreJudgedWhenItsCountersAreKnown() {
        check("""
                layout Enable { each gp { en [0] is enable }  each fixed { en [0] is enable } }
                pmu Part {
                    msr ENABLE  0x38F  is enable Enable  reset 0x1_0000_00FF
                }
                pmu Child extends Part {
                    counters gp  [0..7]  width 48 bits
                    counters fixed  [0..2]  width 48 bits
                }
                """);
        check("""
                layout Enable { each gp { en [0] is enable } }
                pmu Part {
                    msr ENABLE  0x38F  is enable Enable  reset 0x100  //! PMU0206 "0x100" 'reset' sets 0x100
                }
                pmu Child extends Part {
                    counters gp  [0..7]  width 48 bits
                }
                """);
    }

    @Test
    void aLayoutThatKeepsItsReservedBitsTakesAnyReset() {
        check("""
                layout Enable reserved kept { available [7] }
                pmu Part { msr MISC  0x1A0  is control Enable  reset 0x850089 }
                """);
    }

    @Test
    void anAliasHasTheLayoutThatItsTargetHasOnTheCpu() {
        CheckResult result = ExpectedFindings.check(new Source("a.pmu", BANKS + CPU + """
                layout More extends Select { edge [18] is edge detect }
                pmu Middle extends Part {
                    msr ALIAS[gp]  0x1901  alias of SELECT
                }
                cpu Small extends Middle {
                    signature GenuineIntel family 6 model 1
                    msr SELECT[gp]  0x186  is selector More
                }
                """));
        RegisterModel alias = result.model().orElseThrow().cpus().get(0).registers().stream()
                .filter(register -> register.name().equals("ALIAS")).findFirst().orElseThrow();
        assertEquals(Optional.of("More"), alias.layout());
        assertEquals(List.of(0x57_FFFFL, 0x57_FFFFL, 0x57_FFFFL, 0x57_FFFFL), alias.writableMaskOfIndex());
    }

    @Test
    void anAliasWithoutAWriteRuleDoesOnAWriteWhatItsTargetDoesOnTheCpu() {
        CheckResult result = ExpectedFindings.check(new Source("a.pmu", BANKS + CPU.replace("version 1", "") + """
                layout Status { each gp { ovf [0] is overflow } }
                pmu Middle extends Part {
                    msr STATUS  0x38E  is status Status  read-only
                    msr CLEAR   0x390  clears STATUS  reads 0
                    msr SINK    0x391  is plain  write ignored
                    msr SPARE   0x392  is plain
                    msr A_VALUE[gp]   0x10  alias of VALUE
                    msr A_SELECT[gp]  0x20  alias of SELECT
                    msr A_STATUS      0x30  alias of STATUS
                    msr A_CLEAR       0x31  alias of CLEAR
                    msr A_SINK        0x32  alias of SINK
                    msr A_SPARE       0x33  alias of SPARE
                    msr A_ANYHOW      0x34  alias of STATUS  write ignored
                    msr A_READ_ONLY   0x35  alias of SPARE   read-only
                    msr A_NARROW      0x36  alias of SPARE   valid 0x0F
                }
                cpu Small extends Middle {
                    signature GenuineIntel family 6 model 1
                    msr VALUE[gp]  0xC1   is value  write sign-extends 32 bits
                    msr SPARE      0x392  is plain  valid 0xF0
                }
                """));
        CpuModel cpu = result.model().orElseThrow().cpus().get(0);
        assertEquals(List.of("A_VALUE SignExtend[bits=32] ffffffffffff", "A_SELECT Checked[reserved=FAULT] 53ffff", "A_STATUS Fault[] 0",
                "A_CLEAR ClearBits[target=STATUS] f", "A_SINK Ignored[] ffffffffffffffff", "A_SPARE Checked[reserved=FAULT] f0",
                "A_ANYHOW Ignored[] f", "A_READ_ONLY Fault[] 0", "A_NARROW Checked[reserved=FAULT] f"),
                cpu.registers().stream().filter(register -> register.aliasOf().isPresent()).map(register -> register.name() + " "
                        + register.write() + " " + Long.toHexString(register.writableMaskOfIndex().get(0))).toList());
    }

    @Test
    void brokenRegistersAreReportedOnce() {
        check("""
                pmu Part {
                    counters gp  [0..3]  width 48 bits
                    msr VALUE[gq]  0xC1  is value    //! PMU0001 "gq" bank 'gq' is not known here
                    msr OTHER      0xC1  alias of NOTHING  //! PMU0001 "NOTHING" register 'NOTHING' is not known here
                    msr THIRD[gp]  0xG2  is value  //! PMU0004 "G"
                }
                """);
    }

    @Test
    void anAddressOfTheThirdRangeIsOutsideTheBitmapOfAnIntelCpu() {
        check(CPU + """
                pmu Middle extends Part {
                    msr EXTRA  0xC001_0300  is extra  //! PMU0208 "0xC001_0300" 'EXTRA' is at 0xC0010300, outside the MSR bitmap
                }
                cpu Zen extends Middle {
                    signature AuthenticAMD family 0x19 model 1
                }
                cpu Core extends Middle {
                    signature GenuineIntel family 6 model 2
                }
                """);
    }

    @Test
    void aCounterWithoutAValueIsFoundByItsIndex() {
        check(CPU.replace("version 1", "") + """
                cpu Small extends Part {
                    signature AuthenticAMD family 0x19 model 1
                    counters fixed  [0..1]  width 48 bits
                    msr VALUE[gp 0, 1, 3]  0xC1   is value
                    msr FIXED[fixed 0]     0x309  is value
                    msr FIXED_CONTROL      0x38D  is selector Fixed  //! PMU0207 "FIXED_CONTROL" 'fixed[1]' has a selector
                    msr SELECT[gp]         0x186  is selector Select  //! PMU0207 "SELECT" 'gp[2]' has a selector
                }
                layout Fixed { each fixed at 0 by 4 { os [0] is kernel mode  usr [1] is user mode  pmi [3] is interrupt enable } }
                """);
    }
}
