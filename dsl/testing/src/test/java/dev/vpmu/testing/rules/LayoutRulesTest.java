package dev.vpmu.testing.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.testing.ExpectedFindings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PMU0101 to PMU0107 where they are easily too strict or too lax. */
class LayoutRulesTest {

    private static final String BANKS = """
            package rules
            bank gp     index 0
            bank fixed  index 32
            """;

    /** What a bank of programmable counters needs, so that only the layout under test is spoken of. */
    private static final String SELECT = """
            layout Select {
                event  [7:0]   is event code
                umask  [15:8]  is unit mask
                usr    [16]    is user mode
                os     [17]    is kernel mode
                int    [20]    is interrupt enable
                en     [22]    is enable
            }
            """;

    private static void check(String text) {
        ExpectedFindings.check(new Source("test.pmu", BANKS + text));
    }

    @Test
    void anOverlapInALayoutThatNoPmuUsesIsFound() {
        check("""
                layout Lonely {
                    a  [3:0]
                    b  [3]    //! PMU0101 "[3]" field 'b' overlaps 'a' in bit 3 of Lonely
                    each gp { c  [2] }   //! PMU0101 "[2]" field 'c' overlaps 'a' in bit 2 of Lonely
                }
                """);
    }

    @Test
    void anOverlapWithAnInheritedFieldIsReportedAtTheHeirOnce() {
        check("""
                layout Old { a  [3:0] }
                layout New extends Old {
                    b  [2]    //! PMU0101 "[2]" field 'b' overlaps 'a' in bit 2 of New
                }
                layout Newer extends New { c  [4] }
                """);
    }

    @Test
    void whatALibrarysLayoutGetsWrongByItselfIsNotSaidOfItsHeirs() {
        Source library = new Source("library.pmu", BANKS + """
                layout Old {
                    a  [3:0]    is edge detect
                    b  [3]      is edge detect
                    c  [64]
                }
                """);
        Source heir = new Source("heir.pmu", "package rules\nlayout New extends Old { d  [5] }\n");
        assertEquals(List.of(), PmuChecker.standalone().check(List.of(heir), List.of(library)).findings());
    }

    @Test
    void aFieldMayTakeTheBitsOfOneThatItReplacesOrTakesAway() {
        check("""
                layout Old {
                    a  [3:0]
                    b  [4]
                }
                layout New extends Old {
                    a  [5:0]
                    b  [4]  reserved
                }
                """);
    }

    @Test
    void fieldsWhoseGuardsExcludeEachOtherMayShareBits() {
        check("""
                layout Moved {
                    a  [3:0]  when wide
                    b  [3]    unless wide
                    c  [2]    when narrow
                }
                pmu Part {
                    capability wide
                    capability narrow
                    msr CONTROL  0x1D9  is control Moved
                }
                """);
    }

    @Test
    void aCpuDecidesTheGuardsOfFieldsThatMightOverlap() {
        check(SELECT + """
                layout Moved {
                    a  [3:0]  when wide
                    c  [2]    when narrow   //! PMU0101 "[2]" field 'c' overlaps 'a' in bit 2 of Moved
                }
                pmu Part {
                    capability wide
                    capability narrow
                    counters gp  [0..1]  width 40 bits
                    msr VALUE[gp]   0x0C1  is value
                    msr SELECT[gp]  0x186  is selector Select
                    msr CONTROL     0x1D9  is control Moved
                    rdpmc index [31:0]  exit before fault
                    pmi through LVTPC masks itself
                    events Table
                }
                pmu Both extends Part { has wide, narrow }
                cpu One extends Part { signature GenuineIntel family 6 model 1
                    has narrow
                }
                cpu Two extends Both { signature GenuineIntel family 6 model 2
                }
                events Table for Part {
                    CYCLES        = 0x00:0x01  is cycles
                    INSTRUCTIONS  = 0x00:0x02  is instructions
                }
                """);
    }

    @Test
    void fieldsOnDifferentCountersMayShareBitsAndRoles() {
        check("""
                layout PerCounter {
                    a  [33]  is edge detect  on gp[0..1]
                    b  [33]  is edge detect  on gp[2] or gp[4]
                    c  [33]                  on gp[1]   //! PMU0101 "[33]" field 'c' overlaps 'a' in bit 33 of PerCounter
                }
                """);
    }

    @Test
    void interleavedArraysDoNotOverlap() {
        check("""
                layout Control {
                    each fixed at 0 by 4 {
                        os   [0]
                        pmi  [3]
                    }
                    each fixed at 1 by 4 { usr  [1:0] }
                    each gp at 32 by 1 {
                        low   [0]
                        high  [8]
                    }
                }
                pmu Part {
                    counters gp     [0..7]
                    counters fixed  [0..3]
                    msr CONTROL  0x38D  is control Control
                }
                """);
    }

    @Test
    void aCounterThatIsMissingFromTheBankHasNoElement() {
        check("""
                layout Control {
                    each fixed at 0 by 4 { mode  [3:0] }
                    other  [15:12]
                }
                pmu Gap {
                    counters fixed  [0..2, 4..6]
                    msr CONTROL  0x38D  is control Control
                }
                """);
    }

    @Test
    void anArrayReachesItsLastCounterWithSmtOff() {
        check("""
                layout Control 32 bits {
                    each gp at 0 by 8 { mode  [7:0] }   //! PMU0102 "[7:0]" field 'mode' of counter gp[4] reaches bit 39
                }
                pmu Part {
                    counters gp  [0..3] with smt, [0..7] without smt
                    msr CONTROL  0x38D  is control Control
                }
                """);
    }

    @Test
    void theWidthIsInherited() {
        check("""
                layout Old 32 bits { a  [0] }
                layout New extends Old { b  [32] }   //! PMU0102 "[32]" field 'b' reaches bit 32; New has bits 31:0
                """);
    }

    @Test
    void slicesMayStandInAnyOrderAndFieldsOfAnArrayHaveRolesOfTheirOwn() {
        check("""
                layout Select12 {
                    event_hi  [35:32]  is event code [11:8]
                    event     [7:0]    is event code [7:0]
                }
                layout Control {
                    each gp     { en  [0]  is enable }
                    each fixed  { en  [0]  is enable }
                }
                """);
    }

    @Test
    void aSliceThatAGuardTakesAwayLeavesAGapOnThatCpuAlone() {
        check(SELECT.replace("is event code", "is event code [7:0] when low") + """
                layout Sliced extends Select {
                    event_hi  [35:32]  is event code [11:8]   //! PMU0103 "[11:8]" field 'event_hi' holds [11:8] of event code
                }
                pmu Part {
                    capability low
                    msr VALUE[gp]   0x0C1  is value
                    msr SELECT[gp]  0x186  is selector Sliced
                    rdpmc index [31:0] exit before fault
                    pmi through LVTPC masks itself
                    counters gp [0..1]  width 40 bits
                    events Table
                }
                cpu Low extends Part { signature GenuineIntel family 6 model 1
                    has low
                }
                cpu NotLow extends Part { signature GenuineIntel family 6 model 2
                }
                events Table for Part {
                    CYCLES        = 0x00:0x01  is cycles
                    INSTRUCTIONS  = 0x00:0x02  is instructions
                }
                """);
    }

    @Test
    void theRolesOfASelectorMayComeFromTwoRegisters() {
        check("""
                layout Code {
                    event  [7:0]   is event code
                    umask  [15:8]  is unit mask
                }
                layout Mode {
                    each gp by 4 {
                        usr  [0]  is user mode
                        os   [1]  is kernel mode
                        int  [2]  is interrupt enable
                        en   [3]  is enable
                    }
                }
                pmu Part {
                    counters gp  [0..3]
                    msr VALUE[gp]  0x0C1  is value
                    msr CODE[gp]   0x186  is selector Code
                    msr MODE       0x38D  is selector Mode
                }
                """);
    }

    @Test
    void aFixedCounterNeedsModesAndInterruptEnable() {
        check("""
                layout FixedControl {   //! PMU0105 "FixedControl" layout 'FixedControl' lacks 'is interrupt enable'
                    each fixed at 0 by 4 {
                        os   [0]  is kernel mode
                        usr  [1]  is user mode
                    }
                }
                pmu Part {
                    counters fixed  [0..2]
                    msr VALUE[fixed]  0x309  is value
                    msr CONTROL       0x38D  is selector FixedControl
                }
                """);
    }

    @Test
    void aLayoutThatIsNoneOfASelectorIsReportedWhereItIsNamed() {
        check("""
                layout Other { flag  [0] }
                pmu Part {
                    counters gp  [0..2]
                    msr VALUE[gp]   0x0C1  is value
                    msr SELECT[gp]  0x186  is selector Other   //! PMU0105 "Other" 'Other' is no layout of a selector
                }
                """);
    }

    @Test
    void aFamilysLayoutMayBeLimitedToACounterThatASmallerCpuLacks() {
        check(SELECT.replace("}", "    txcp   [33]    on gp[2]\n}") + """
                pmu Small {
                    counters gp  [0..1]
                    msr VALUE[gp]   0x0C1  is value
                    msr SELECT[gp]  0x186  is selector Select
                }
                pmu Large extends Small {
                    counters gp  [0..7]
                }
                pmu Tiny extends Small {
                    counters gp  [0]
                }
                """);
    }

    @Test
    void aFieldCannotBeLimitedToCountersOfAnotherBank() {
        check(SELECT.replace("}", """
                    txcp   [33]    on fixed[0]   //! PMU0106 "fixed[0]" field 'txcp' is limited to counters of 'fixed'
                }
                """) + """
                pmu Part {
                    counters gp  [0..1]
                    msr VALUE[gp]   0x0C1  is value
                    msr SELECT[gp]  0x186  is selector Select
                }
                """);
    }

    @Test
    void aReservedFieldInAnArrayTakesTheOneOfTheSameArrayAway() {
        check("""
                layout Control {
                    each fixed at 0 by 4 { any  [2] }
                }
                layout Without extends Control {
                    each fixed at 0 by 4 { any  [2]  reserved }
                }
                layout Elsewhere extends Control {
                    each fixed at 32 by 4 { any  [2]  reserved }   //! PMU0107 "any" 'any' takes nothing away
                }
                """);
    }

    @Test
    void aReservedFieldIsNotJudgedWhileItsParentIsUnknownOrUnread() {
        check("""
                layout New extends Nothing {    //! PMU0001 "Nothing" layout 'Nothing' is not known here
                    a  [0]  reserved
                }
                layout Broken {
                    b  [x]                      //! PMU0000 "x" 'x' cannot stand after '['
                }
                layout Heir extends Broken {
                    b  [1]  reserved
                }
                """);
    }

    @Test
    void aFieldWhoseNumbersWereMistypedIsHeldAgainstNothing() {
        check("""
                layout Wrong {
                    a  [7:0]    is unit mask
                    b  [1x:8]                        //! PMU0004 "x"
                    c  [9:0y]                        //! PMU0004 "y"
                    d  [16]     is unit mask [1z]    //! PMU0004 "z"
                    each gp at 2k { e  [0] }         //! PMU0004 "k"
                    f  [17]     on gp[1m]            //! PMU0004 "m"
                }
                layout Heir extends Wrong {
                    b  [8]      reserved
                }
                """);
    }

    @Test
    void aGapThatAnUnreadRowLeavesIsNone() {
        check("""
                layout Sliced {
                    low   [7:0]    is event nonsense       //! PMU0000 "nonsense"
                    mid            is unit mask [7:0]      //! PMU0000 "is"
                    high  [35:32]  is event code [11:8]
                    more  [39:36]  is unit mask [11:8]
                }
                layout Heir extends Nowhere {              //! PMU0001 "Nowhere"
                    high  [35:32]  is event code [11:8]
                }
                """);
    }
}
