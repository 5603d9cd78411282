package dev.vpmu.testing.rules;

import dev.vpmu.dsl.check.Source;
import dev.vpmu.testing.ExpectedFindings;
import org.junit.jupiter.api.Test;

/** PMU03xx where inheritance, guards and SMT matter. */
class CounterRulesTest {

    private static final String BANKS = """
            package rules
            bank gp  index 0
            bank fixed  index 32
            """;

    private static void check(String text) {
        ExpectedFindings.check(new Source("a.pmu", BANKS + text));
    }

    @Test
    void banksMayShareIndexesWhileNoPmuHasBoth() {
        check("""
                bank pmc  index 0
                pmu Intel {
                    counters gp  [0..7]  width 48 bits
                }
                pmu Amd {
                    counters pmc  [0..5]  width 48 bits
                }
                pmu Both extends Intel {
                    counters pmc  [0..5]  width 48 bits  //! PMU0302 "[0..5]" 'pmc[0]' and 'gp[0]' are both bit 0 of mask words
                }
                """);
    }

    @Test
    void countersThatNoCpuHasTogetherMayShareIndexes() {
        check("""
                bank pmc  index 0
                pmu Part {
                    capability amd
                    counters gp   [0..7]  width 48 bits  unless amd
                    counters pmc  [0..5]  width 48 bits  when amd
                }
                """);
    }

    @Test
    void aBankThatGrowsIntoTheNextIsReportedAtTheCountersThatDoNotFit() {
        check("""
                pmu Part {
                    counters fixed  [0..2]  width 48 bits
                    counters gp  [0..7] with smt, [0..32] without smt  width 48 bits
                    //! PMU0302 "[0..32]" 'gp[32]' and 'fixed[0]' are both bit 32 of mask words; 'gp' has room for 32 counters
                }
                """);
    }

    @Test
    void inheritedSetsAreHeldAgainstTheCountersTheyWereWrittenFor() {
        check("""
                pmu Part {
                    counters gp  [0..7]  width 48 bits
                    precise records format 4 on gp[0..7]
                    constraints { 0x48:0x01  on gp[6, 7] }
                }
                pmu Smaller extends Part {
                    counters gp  [0..3]  width 48 bits
                }
                """);
    }

    @Test
    void setsOfAPartWithoutCountersAreHeldAgainstTheFirstThatHasThem() {
        check("""
                pmu Part {
                    precise records format 4 on gp[0..7] or fixed[0..9]  //! PMU0304 "0..7" 'gp' has no counter 4..7, only 0..3
                }
                pmu Child extends Part {
                    counters gp  [0..3]  width 48 bits
                }
                pmu Grandchild extends Child {
                    counters gp  [0..1]  width 48 bits
                }
                """);
    }

    @Test
    void aRowThatDoesNotExistOnTheCpuIsNotHeldAgainstIt() {
        check("""
                layout Select {
                    event [7:0] is event code  umask [15:8] is unit mask  usr [16] is user mode  os [17] is kernel mode
                    int [20] is interrupt enable  en [22] is enable
                }
                pmu Part {
                    capability rtm
                    version 1
                    msr VALUE[gp]   0xC1   is value
                    msr SELECT[gp]  0x186  is selector Select
                    constraints { 0x48:0x01  on gp[7]  when rtm }
                    rdpmc type [31:16] index [15:0]  exit before fault
                    pmi through LVTPC masks itself
                    events E
                }
                cpu Small extends Part {
                    signature GenuineIntel family 6 model 1
                    counters gp  [0..3]  width 48 bits
                }
                events E for Part {
                    A = 0x3C:0x00  is cycles
                    B = 0xC0:0x00  is instructions
                }
                """);
    }

    @Test
    void aCounterThatExistsOnlyWithoutSmtMayBeNamed() {
        check("""
                pmu Part {
                    counters gp  [0..3] with smt, [0..7] without smt  width 48 bits
                    precise records format 4 on gp[0..7]
                }
                """);
    }

    @Test
    void countersOfEventsAreHeldAgainstThePmuThatListsTheirTable() {
        check("""
                pmu Part {
                    capability rtm
                    counters gp  [0..3]  width 48 bits
                    counters fixed  [0..2]  width 48 bits
                }
                pmu Child extends Part {
                    counters gp  [0..7]  width 48 bits
                    events E
                }
                events E for Part {
                    A = 0x3C:0x00  is cycles  on gp[0..7]  precise on gp[8]  //! PMU0304 "8" 'gp' has no counter 8, only 0..7
                    B = fixed[3]   is instructions  //! PMU0304 "3" 'fixed' has no counter 3, only 0..2
                }
                """);
    }

    @Test
    void brokenCountersAreReportedOnce() {
        check("""
                pmu Part {
                    counters gq  [0..3]  width 48 bits  //! PMU0001 "gq" bank 'gq' is not known here
                    counters gp  [0..3]  width 4x8 bits  //! PMU0004 "x"
                    precise records format 4 on gr[0..7]  //! PMU0001 "gr" bank 'gr' is not known here
                }
                """);
    }

    /** Selectors of {@code gp} with an event code on all counters but one, and of {@code fixed} without. */
    private static final String SELECTORS = """
            layout Select {
                event [7:0] is event code on gp[0..2]  umask [15:8] is unit mask  usr [16] is user mode  os [17] is kernel mode
                int [20] is interrupt enable  en [22] is enable
            }
            layout Control { each fixed at 0 by 4 { os [0] is kernel mode  usr [1] is user mode  pmi [3] is interrupt enable } }
            """;

    @Test
    void aCounterThatNobodyHasMayBeSaidToCount() {
        check(SELECTORS + """
                pmu Part {
                    counters fixed  [0..1]  width 48 bits
                    msr FIXED_CONTROL  0x38D  is selector Control
                    counter fixed[1]    counts cycles
                    counter fixed[7]    counts slots
                    counter fixed[999]  counts bus cycles
                }
                pmu Child extends Part {
                    counters fixed  [0]  width 48 bits
                    counter fixed[1]  counts instructions
                }
                """);
    }

    @Test
    void whichCountersHaveAnEventCodeIsDecidedByTheirOwnElement() {
        check(SELECTORS + """
                pmu Part {
                    msr SELECT[gp 0..4]  0x186  is selector Select
                    counter gp[2]  counts cycles  //! PMU0307 "gp" 'gp[2]' of Part counts what 'event' of its selector 'SELECT' says
                    counter gp[3]  counts cycles
                }
                """);
        check(SELECTORS.replace("on gp[0..2]", "") + """
                pmu Part {
                    msr SELECT[gp 0..4]  0x186  is selector Select
                    counter gp[4]  counts cycles  //! PMU0307 "gp" 'gp[4]' of Part counts what 'event' of its selector 'SELECT' says
                    counter gp[5]  counts cycles
                }
                """);
    }

    @Test
    void anEventCodeInAnArrayOfASingleSelectorCountsAsWell() {
        check("""
                layout Control {
                    each fixed at 0 by 16 {
                        event [7:0] is event code  os [8] is kernel mode  usr [9] is user mode  pmi [10] is interrupt enable
                    }
                }
                pmu Part {
                    msr CONTROL  0x38D  is selector Control
                    counter fixed[0]  counts cycles  //! PMU0307 "fixed" 'fixed[0]' of Part counts what 'event' of its selector 'CONTROL'
                    counter gp[0]     counts cycles
                }
                """);
    }

    @Test
    void aSelectorThatAChildAddsIsHeldAgainstWhatItInherits() {
        check(SELECTORS + """
                pmu Part {
                    counter gp[0]  counts cycles  //! PMU0307 "gp" 'gp[0]' of Child counts what 'event' of its selector 'SELECT' says
                }
                pmu Child extends Part {
                    msr SELECT[gp]  0x186  is selector Select
                }
                """);
    }

    @Test
    void aSelectorThatExcludesTheStatementIsNoReason() {
        check(SELECTORS + """
                pmu Part {
                    capability programmable
                    msr SELECT[gp]  0x186  is selector Select  when programmable
                    counter gp[0]  counts cycles  unless programmable
                    counter gp[1]  counts cycles  when programmable  //! PMU0307 "gp" 'gp[1]' of Part counts
                }
                """);
    }

    @Test
    void brokenStatementsAboutCountersAndClocksAreReportedOnce() {
        check("""
                pmu Part {
                    counter gq[0]     counts cycles  //! PMU0001 "gq" bank 'gq' is not known here
                    counter gp[0x]    counts cycles  //! PMU0004 "0x"
                    counter gp[0]     counts cylces  //! PMU0000 "cylces"
                    clocks core 22x0 MHz tsc 1 MHz bus 1 MHz  //! PMU0004 "x"
                }
                """);
    }
}
