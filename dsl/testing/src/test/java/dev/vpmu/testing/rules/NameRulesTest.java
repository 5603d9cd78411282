package dev.vpmu.testing.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.testing.ExpectedFindings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PMU0002 to PMU0007 where they are easily too strict or too lax. */
class NameRulesTest {

    private static void check(String text) {
        ExpectedFindings.check(new Source("test.pmu", text));
    }

    @Test
    void theSameNameInTwoFilesOfAPackageIsReportedInTheSecondOnly() {
        ExpectedFindings.check(
                new Source("a.pmu", "package rules\nlayout Same { a [0] }\n"),
                new Source("b.pmu", "package rules\nlayout Same { a [0] }   //! PMU0002 \"Same\" the package already has layout 'Same'\n"),
                new Source("c.pmu", "package other\nlayout Same { a [0] }\n"));
    }

    @Test
    void aNameThatALibraryAlreadyHasIsReportedInTheCheckedFile() {
        CheckResult result = PmuChecker.standalone().check(List.of(new Source("a.pmu", "package rules\nlayout Same { a [0] }\n")),
                List.of(new Source("z.pmu", "package rules\nlayout Same { a [0] }\n")));
        assertEquals(List.of("PMU0002 rules/a.pmu:2:8"),
                result.findings().stream().map(finding -> finding.id() + " " + finding.place()).toList());
    }

    @Test
    void elementsOfDifferentKindsCannotShareANameButCapabilitiesAndPartsCan() {
        check("""
                package rules
                bank lbr
                layout lbr { lbr  [0]  is capability lbr }     //! PMU0002 "lbr" the package already has bank 'lbr'
                """);
    }

    @Test
    void twoFieldsOfOneNameInArraysOverOneBankAreTheSameSetting() {
        check("""
                package rules
                bank fixed  index 32
                bank gp     index 0
                layout Control {
                    each fixed at 0 by 4  { any  [2] }
                    each gp    at 16 by 1 { any  [0] }
                }
                layout ControlV2 extends Control {
                    each fixed at 32 by 4 { any  [2] }   //! PMU0002 "any" layout 'ControlV2' already has a field 'any'
                }
                layout ControlV3 extends Control {
                    each fixed at 0 by 4  { any  [3] }
                }
                """);
    }

    @Test
    void statementsThatAddUpMayBeRepeated() {
        check("""
                package rules
                bank gp  index 0
                pmu Part {
                    capability x
                    counters gp  [0..3]  when x
                    counters gp  [0..1]  unless x
                    cpuid 0x1 { ECX [15]  1 }
                    cpuid 0x1 { ECX [16]  1 }
                    has x
                }
                pmu More extends Part {
                    counters gp  [0..7]
                    counters gp  [0..5]     //! PMU0002 "gp" 'More' already says which counters of 'gp' there are; remove one of the two
                }
                """);
    }

    @Test
    void whatIsSaidTwiceOfClocksAndOfACounterContradictsItself() {
        check("""
                package rules
                bank gp  index 0
                bank fixed  index 32
                pmu Part {
                    capability x
                    clocks core 1 MHz tsc 1 MHz bus 1 MHz
                    counter gp[0]     counts cycles
                    counter fixed[0]  counts cycles
                    counter fixed[1]  counts cycles  when x
                    counter fixed[1]  counts slots   unless x
                }
                pmu More extends Part {
                    clocks core 2 MHz tsc 1 MHz bus 1 MHz
                    clocks core 3 MHz tsc 1 MHz bus 1 MHz  //! PMU0002 "clocks" 'More' already says 'clocks'; remove one of the two
                    counter fixed[0]  counts slots
                    counter fixed[0]  counts slots         //! PMU0002 "fixed" 'More' already says what 'fixed[0]' counts; remove one of the two
                }
                """);
    }

    @Test
    void oneSourceAroundManyFactsIsEnoughAndWithoutAnyOnlyTheElementIsMarked() {
        check("""
                package vpmu.test
                bank lbr
                bank gp  index 0  assumed
                layout None {              //! PMU0003 "None" nothing says where the 2 facts of layout 'None' are from
                    a  [0]
                    each gp { b  [1] }
                }
                layout All from "SDM" { a  [0] }
                layout Some {
                    a  [0]  assumed
                    b  [1]                 //! PMU0003 "b" nothing says where field 'b' is from
                }
                pmu Part {
                    version 1              //! PMU0003 "version" nothing says where 'version' is from
                    cpuid 0x1 from "SDM" { ECX [15]  1 }
                    cpuid 0x2 {
                        EAX [1]  1  from "SDM"
                        EAX [2]  1         //! PMU0003 "EAX" nothing says where 'EAX' is from
                    }
                    counter gp[0]  counts cycles  //! PMU0003 "counter" nothing says where 'counter' is from
                    counter gp[1]  counts cycles  assumed
                    clocks core 1 MHz tsc 1 MHz bus 1 MHz  //! PMU0003 "clocks" nothing says where 'clocks' is from
                }
                pmu Nothing extends Part {
                }
                """);
    }

    @Test
    void packagesThatOnlyLookLikeShippedOnesAreNotAskedForSources() {
        check("package vpmux\nlayout None { a [0] }\n");
        check("package my.vpmu\nlayout None { a [0] }\n");
    }

    @Test
    void aFileOfExactlyFiveThousandLinesIsNotTooLong() {
        String text = "package rules\n" + "//\n".repeat(4999);
        assertEquals(List.of(), PmuChecker.standalone().check(List.of(new Source("long.pmu", text))).findings());
        assertEquals(List.of("PMU0005"), PmuChecker.standalone().check(List.of(new Source("long.pmu", text + "//\n"))).findings()
                .stream().map(Finding::id).toList());
    }

    @Test
    void aCircleIsReportedOnceAndWhatItHidesIsNot() {
        check("""
                package rules
                bank gp  index 0
                pmu First extends First {         //! PMU0006 "First" pmu 'First' extends itself; name another, or take 'extends' away
                    freeze counters when LOST.a clears LOST.b
                }
                cpu Second extends Third {        //! PMU0006 "Third" cpu 'Second' extends itself, for it extends pmu 'Third'
                    msr GONE  0x10  alias of LOST
                }
                pmu Third extends Second {
                    events Table
                }
                cpu Heir extends Third {
                    freeze counters when LOST.a clears LOST.b
                }
                layout A extends B { a  [0] }     //! PMU0006 "B" layout 'A' extends itself, for it extends layout 'B'
                layout B extends A { a  [1] }
                layout C extends B { c  [2]  reserved }
                events Table for Third {
                    A.B = 0x01:0x01 (lost 1)  on gp[1]  with lost 0x1
                }
                """);
    }

    @Test
    void aCircleThroughTwoFilesIsReportedInTheFirst() {
        ExpectedFindings.check(
                new Source("a.pmu", "package rules\npmu A extends B { }   //! PMU0006 \"B\" pmu 'A' extends itself\n"),
                new Source("b.pmu", "package rules\npmu B extends A { }\n"));
    }

    @Test
    void anImportIsUsedByAnyNameOfItsPackageAndItsSpellingCounts() {
        ExpectedFindings.check(
                new Source("a.pmu", """
                        package rules.a
                        import rules.b.*
                        import rules.b.B
                        import rules.b.L         //! PMU0007 "rules.b.L" nothing of 'rules.b.L' is used in this file; remove the import
                        import rules.b.B         //! PMU0007 "rules.b.B" 'rules.b.B' is imported twice; remove one of the two
                        import rules.a.*         //! PMU0007 "rules.a.*" nothing of 'rules.a.*' is used in this file; remove the import
                        pmu A extends B { has seen }
                        """),
                new Source("b.pmu", """
                        package rules.b
                        layout L { a  [0] }
                        pmu B { capability seen }
                        """));
    }

    @Test
    void anImportIsNotJudgedWhileSomethingCouldNotBeRead() {
        check("""
                package rules
                import rules.other.*
                pmu A { version }    //! PMU0000 "version"
                """);
    }

    @Test
    void aCapabilityOrAnExtraOfAFamilyIsJudgedByItsCpus() {
        String family = """
                package rules
                bank gp  index 0  rdpmc 0x0000
                layout Select {
                    event  [7:0]   is event code
                    umask  [15:8]  is unit mask
                    usr    [16]    is user mode
                    os     [17]    is kernel mode
                    int    [20]    is interrupt enable
                    en     [22]    is enable
                    edge   [18]    is edge detect  when guarded
                }
                pmu Family {
                    capability unused            %s
                    capability guarded
                    capability given
                    counters gp  [0..1]  width 40 bits
                    msr VALUE[gp]   0x0C1  is value
                    msr SELECT[gp]  0x186  is selector Select
                    msr EXTRA       0x1A6  is extra
                    extra lost {                 %s
                        0xB7:0x01  uses EXTRA  valid 0xFF
                    }
                    extra found {
                        0xB8:0x01  uses EXTRA  valid 0xFF
                    }
                    rdpmc type [31:16] index [15:0]  exit before fault
                    pmi through LVTPC masks itself
                }
                """;
        check(family.formatted("", ""));
        check(family.formatted("", "") + """
                layout Later { flag  [0]  when unused }
                cpu Cpu extends Family {
                    signature GenuineIntel family 6 model 0x0F
                    version 1
                    has given
                    events Table
                }
                events Table for Cpu {
                    CYCLES        = 0x3C:0x00  is cycles
                    INSTRUCTIONS  = 0xC0:0x00  is instructions
                    OFFCORE       = 0xB8:0x01  with found 0x1
                    LOST          = 0xB7:0x01  with lost 0x1
                }
                """);
        check(family.formatted("//! PMU0007 \"unused\" no CPU has capability 'unused'",
                "//! PMU0007 \"lost\" no event is counted with extra 'lost'") + """
                cpu Cpu extends Family {
                    signature GenuineIntel family 6 model 0x0F
                    version 1
                    has given
                    events Table
                }
                events Table for Cpu {
                    CYCLES        = 0x3C:0x00  is cycles
                    INSTRUCTIONS  = 0xC0:0x00  is instructions
                    OFFCORE       = 0xB8:0x01  with found 0x1
                }
                """);
    }
}
