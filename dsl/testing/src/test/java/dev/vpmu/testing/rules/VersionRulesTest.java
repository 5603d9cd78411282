package dev.vpmu.testing.rules;

import org.junit.jupiter.api.Test;

/** What the rules about signatures, versions and complete cpus find, and above all what they leave alone. */
class VersionRulesTest {

    private static String cpu(String name, String header, String statements) {
        return "cpu " + name + header + " {\n    counters gp [0..3]  width 40 bits\n    events Needed\n" + statements + "\n}\n";
    }

    @Test
    void aSignatureReplacesTheInheritedOne() {
        Sketch.check(cpu("A", " extends Base", "signature GenuineIntel family 6 model 0x55 stepping 0..4")
                + cpu("B", " extends A", "signature GenuineIntel family 6 model 0x55 stepping 5..11").replace("    events Needed\n", "")
                + cpu("C", " extends B", "signature GenuineIntel family 15 model 0x55").replace("    events Needed\n", "")
                + cpu("D", " extends Base", "signature AuthenticAMD family 6 model 0x55"));
    }

    @Test
    void signaturesAreComparedByModelAndStepping() {
        Sketch.check(cpu("A", " extends Base", "signature GenuineIntel family 6 model 0x50..0x57 stepping 0..4")
                + cpu("B", " extends Base", """
                    signature GenuineIntel family 6 model 0x4F, 0x57..0x58 stepping 3    //! PMU0802 "0x57..0x58" model 0x57 is A already
                    signature GenuineIntel family 6 model 0x56 stepping 5..6
                    """)
                + cpu("C", " extends Base", "signature GenuineIntel family 6 model 0x4F  //! PMU0802 \"0x4F\" model 0x4F is B already"));
    }

    @Test
    void aPartOwesNobodyAnything() {
        Sketch.check("pmu Empty {\n}\npmu Registers {\n    msr FIXED[fixed]  0x309  is value\n}\n");
    }

    @Test
    void aCpuOwesCountersToEveryBankOfItsRegisters() {
        Sketch.check("""
                pmu Records extends Base {
                    msr FROM[lbr]  0x680  is branch source
                    msr TO[lbr]    0x6C0  is branch target
                }
                """ + cpu("X", " extends Records", "signature GenuineIntel family 6 model 0x0F")
                .replace("cpu X extends Records {", "cpu X extends Records {  //! PMU0803 \"X\" X has no 'branch records lbr' for FROM")
                + cpu("Y", " extends Records", "signature GenuineIntel family 6 model 0x17\nbranch records lbr [0..15]"));
    }

    @Test
    void aCpuOwesRegistersToEveryBankOfItsCounters() {
        Sketch.check(cpu("X", " extends Base", """
                signature GenuineIntel family 6 model 0x0F
                counters fixed [0..2]  width 40 bits  //! PMU0803 "fixed" X has no register for fixed
                """));
    }

    @Test
    void aCpuWithoutSelectorIsToldThatOnly() {
        Sketch.check("""
                cpu X {           //! PMU0803 "X" X has no selector with an event code, so it can count no event
                    signature GenuineIntel family 6 model 0x0F
                    events Needed //! PMU0512 "Needed"
                }
                """);
    }

    @Test
    void versionTwoIsComplete() {
        String fixed = "signature GenuineIntel family 6 model 0x0F\ncounters fixed [0..2]  width 40 bits\n";
        Sketch.check(cpu("X", " extends Global", fixed));
        Sketch.check(cpu("X", " extends Global", fixed + "version 3"));
        Sketch.check(cpu("X", " extends Base", "signature GenuineIntel family 6 model 0x0F\nversion 3")
                .replace("version 3", "version 3  //! PMU0804 \"3\" version 3 has global registers; X has none that 'is enable', 'is status', 'clears'"));
    }

    @Test
    void aVersionThatACpuInheritsIsReportedAtItsName() {
        Sketch.check("pmu Two extends Base {\n    version 2\n}\n" + cpu("X", " extends Two", "signature GenuineIntel family 6 model 0x0F")
                .replace("cpu X extends Two {", "cpu X extends Two {  //! PMU0804 \"X\" version 2 has global registers; X has none"));
    }

    @Test
    void aPmuWithoutVersionMayHaveAnyRegisters() {
        Sketch.check("pmu Amd extends Base {\n    msr CTL  0xC000_0301  is enable Enables\n}\n"
                + cpu("X", " extends Amd", "signature AuthenticAMD family 0x19 model 0x10"));
    }

    @Test
    void versionFourFreezesByStatusBits() {
        String four = """
                pmu Four extends Global {
                    version 4
                    msr GLOBAL_SET    0x391  sets GLOBAL_STATUS
                    msr GLOBAL_INUSE  0x392  is usage InUse  read-only
                    freeze counters  when DEBUGCTL.freeze_on_pmi  %s
                }
                """;
        String cpu = cpu("X", " extends Four", "signature GenuineIntel family 6 model 0x0F\ncounters fixed [0..2]  width 40 bits");
        Sketch.check(four.formatted("sets GLOBAL_STATUS.frozen") + cpu);
        Sketch.check(four.formatted("clears GLOBAL_CTRL  //! PMU0805 \"clears\" from version 4 on a freeze sets a status bit; Four has version 4") + cpu);
    }

    @Test
    void anInheritedOldFreezeIsReportedWhereItStands() {
        Sketch.check("""
                pmu Old extends Global {
                    freeze counters  when DEBUGCTL.freeze_on_pmi  clears GLOBAL_CTRL  //! PMU0805 "clears" from version 4 on
                }
                pmu Four extends Old {
                    version 4
                }
                """);
    }

    @Test
    void anyThreadGoesWithVersionFive() {
        String five = """
                pmu Five extends Global {
                    version 5
                    msr GLOBAL_SET    0x391  sets GLOBAL_STATUS
                    msr GLOBAL_INUSE  0x392  is usage InUse  read-only
                }
                """;
        String cpu = "signature GenuineIntel family 6 model 0x0F\ncounters fixed [0..2]  width 40 bits\n";
        Sketch.check(five + cpu("X", " extends Five", cpu + "has any_thread_deprecated"));
        Sketch.check(five + cpu("X", " extends Five", cpu).replace("cpu X extends Five {",
                "cpu X extends Five {  //! PMU0805 \"X\" X does not fit version 5: it has 'any thread' in field 'any'"));
    }

    @Test
    void theBitmapOfProgrammableCountersIsOfNoVersion() {
        Sketch.check("""
                pmu Leaf extends Global {
                    cpuid 0x23 subleaf 1 {
                        EAX [31:0]  present gp
                        EBX [31:0]  present fixed  //! PMU0806 "EBX [31:0]  present fixed" version 2 of Leaf has no bitmap of fixed
                    }
                }
                """);
    }
}
