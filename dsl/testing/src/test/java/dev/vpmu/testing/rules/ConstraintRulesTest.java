package dev.vpmu.testing.rules;

import org.junit.jupiter.api.Test;

/** What the rules about constraint and period rows find, and above all what they leave alone. */
class ConstraintRulesTest {

    private static String rows(String rows) {
        return Sketch.cpu("constraints {\n" + rows + "\n}");
    }

    @Test
    void aRowReplacesAnInheritedOneBySayingTheSame() {
        Sketch.check("""
                pmu Family extends Base {
                    counters gp [0..3]  width 40 bits
                    constraints {
                        0x48  on gp[2]
                    }
                    periods {
                        0xC0:0x01  at least 128
                    }
                }
                cpu X extends Family {
                    signature GenuineIntel family 6 model 0x0F
                    constraints {
                        0x40..0x4F  on gp[0..1]
                    }
                    periods {
                        any  at least 2
                    }
                    events Needed
                }
                """);
    }

    @Test
    void aRowThatSomeCpusLackShadowsOnlyRowsThatNeedAsMuch() {
        Sketch.check("""
                pmu Family extends Base {
                    counters gp [0..3]  width 40 bits
                    constraints {
                        0x48       on gp[2]     when rtm
                        0x48:0x01  on gp[0..1]
                        0x48:0x02  on gp[0..1]  when rtm and umask2  //! PMU0601 "0x48:0x02" no event reaches this
                        0x48:0x04  on gp[0..1]  unless rtm
                    }
                }
                cpu X extends Family {
                    signature GenuineIntel family 6 model 0x0F
                    has rtm
                    events Needed
                }
                """);
    }

    @Test
    void aPlainRowLeavesTheModifiedEvents() {
        Sketch.check(rows("""
                0xC0:0x00            on gp[0]     plain
                0xC0:0x00            on gp[0..1]
                0xC0:0x00 (cmask 1)  on gp[0..2]          //! PMU0601 "0xC0:0x00 (cmask 1)" no event reaches this
                0xC1 (cmask 1)       on gp[1]
                0xC1 (cmask 2)       on gp[2]
                0xC1 (inv)           on gp[3]
                0xC1 (inv, cmask 1)  on gp[0]             //! PMU0601 "0xC1 (inv, cmask 1)" no event reaches this
                0xC1                 on gp[0]
                """));
    }

    @Test
    void rowsAreComparedByTheirConditionsOnTheUnitMask() {
        Sketch.check(rows("""
                0x01 umask any 0x0F any 0xF0  on gp[3]
                0x01 umask several            on gp[2]
                0x01:0x11                     on gp[1]    //! PMU0601 "0x01:0x11" no event reaches this
                0x01:0x03                     on gp[1]    //! PMU0601 "0x01:0x03" no event reaches this
                0x01:0x04                     on gp[1]
                0x01                          on gp[0]
                0x02 umask has 0x08           on gp[2]
                0x02 umask has 0x0C           on gp[1]    //! PMU0601 "0x02 umask has 0x0C" no event reaches this
                0x02 umask has 0x04           on gp[1]
                0x03 umask any 0x0F           on gp[2]
                0x03 umask any 0x03           on gp[1]    //! PMU0601 "0x03 umask any 0x03" no event reaches this
                0x03 umask any 0x30           on gp[1]
                """));
    }

    @Test
    void severalRowsTogetherCanShadowOne() {
        Sketch.check(rows("""
                0x10..0x1F  on gp[0]
                0x20..0x2F  on gp[1]
                0x18..0x28  on gp[2]    //! PMU0601 "0x18..0x28" no event reaches this
                0x00..0x2F  on gp[3]
                0x30..0xFF  on gp[0]
                any         on gp[1]    //! PMU0601 "any" no event reaches this
                """));
    }

    @Test
    void aDemandForPrecisionIsNoDemandOfTheOthers() {
        Sketch.check(Sketch.cpu("""
                periods {
                    any precise 3  at least 128
                    any precise 2  at least 64
                    0xC0:0x01      at least 32
                    0xC0:0x01 precise 2  at least 16  //! PMU0601 "0xC0:0x01 precise 2" no event reaches this
                    any            at least 2
                }
                """));
    }

    @Test
    void rowsWithWithinAllHoldAndShadowNothing() {
        Sketch.check(rows("""
                any               within gp[0..2]
                0x48              within gp[1..3]
                0x48              on gp[2]
                any umask has 0x80  within gp[0]
                0x49              on gp[1]
                """));
    }

    @Test
    void narrowingRowsAreJoinedUntilNothingIsLeft() {
        Sketch.check(rows("""
                0x48:0x01    on gp[0..2]    //! PMU0602 "gp[0..2]" no counter is left: 'within gp[2..3]' holds for these events too
                0x48         within gp[0..1]
                any          within gp[2..3]
                """).replace("0x48         within gp[0..1]", "0x48         within gp[0..1]  //! PMU0602 \"gp[0..1]\" no counter is left"));
    }

    @Test
    void aRowOnABankWithoutCountersAllowsNone() {
        Sketch.check("""
                pmu Family extends Base {
                    constraints {
                        0x48  on fixed[0]          //! PMU0602 "fixed[0]" the row allows no counter: X has no counters of fixed
                        0x49  on fixed[0] or gp
                    }
                }
                cpu X extends Family {
                    signature GenuineIntel family 6 model 0x0F
                    counters gp [0..3]  width 40 bits
                    events Needed
                }
                """);
    }

    @Test
    void aPairMayBeginOnAnyCounterButTheLast() {
        Sketch.check(rows("""
                0x03  on gp[0, 2]  paired with 0xFF:0x00
                0x04  on gp[1..2]  paired with 0xFF:0x00
                0x05  on gp        paired with 0xFF:0x00  //! PMU0604 "gp" a pair that begins on gp[3] needs gp[4], which X does not have
                """));
    }

    @Test
    void aGapInABankBreaksAPair() {
        Sketch.check("""
                cpu X extends Base {
                    signature GenuineIntel family 6 model 0x0F
                    counters gp [0..2, 4..6]  width 40 bits
                    constraints {
                        0x03  on gp[1, 4, 5]  paired with 0xFF:0x00
                        0x04  on gp[1..2]     paired with 0xFF:0x00  //! PMU0604 "gp[1..2]" a pair that begins on gp[2] needs gp[3], which X does not have
                    }
                    events Needed
                }
                """);
    }

    @Test
    void onlyAnInterchangeableExtraLetsAnEventMove() {
        String statements = """
                msr OFFCORE_0  0x1A6  is extra
                msr OFFCORE_1  0x1A7  is extra
                extra offcore %s {
                    0xB7:0x01  uses OFFCORE_0  valid 0xFF
                    0xBB:0x01  uses OFFCORE_1  valid 0x0F
                }
                """;
        Sketch.check(Sketch.cpu(statements.formatted(""), "READS = 0xB7:0x01  with offcore 0x10"));
        Sketch.check(Sketch.cpu(statements.formatted("interchangeable"), """
                READS   = 0xB7:0x01  with offcore 0x10  //! PMU0605 "0x10" event 'READS' cannot move to OFFCORE_1, which does not take 0x10
                WRITES  = 0xB7:0x01  with offcore 0x01
                HITS    = 0xBB:0x01  with offcore 0x01
                """));
    }
}
