package dev.vpmu.testing.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.testing.ExpectedFindings;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the rules about events find, and above all what they leave alone. */
class EventRulesTest {

    /** Two cpus of one family: only the first has what capabilities bring. The family lists the table {@code Shared}. */
    private static String family(String statements, String events) {
        return """
                pmu Family extends Base {
                    counters gp [0..3]  width 40 bits
                    events Needed, Shared
                """ + statements + """
                }
                cpu Rich extends Family {
                    signature GenuineIntel family 6 model 0x0F
                    has rtm, umask2
                }
                cpu Poor extends Family {
                    signature GenuineIntel family 6 model 0x17
                }
                events Shared for Family {
                """ + events + "}\n";
    }

    @Test
    @DisplayName("PMU0501: a code is measured against all slices of its role")
    void aRoleIsAsWideAsAllItsSlices() {
        ExpectedFindings.check(new Source("amd.pmu", """
                package amd
                bank pmc  index 0  rdpmc 0
                layout PerfControl reserved ignored {
                    event     [7:0]    is event code [7:0]
                    umask     [15:8]   is unit mask
                    usr       [16]     is user mode
                    os        [17]     is kernel mode
                    int       [20]     is interrupt enable
                    en        [22]     is enable
                    event_hi  [35:32]  is event code [11:8]
                }
                cpu Zen {
                    signature AuthenticAMD family 0x17 model 0x01
                    counters pmc [0..5]  width 48 bits
                    msr PERF_CTL[pmc]  0xC001_0200  by 2  is selector PerfControl
                    msr PERF_CTR[pmc]  0xC001_0201  by 2  is value
                    rdpmc index [31:0]  fault before exit
                    pmi through LVTPC stays unmasked
                    constraints {
                        0x187..0x188  on pmc[0]
                        0x1000        on pmc[0]   //! PMU0501 "0x1000" the event code 0x1000 is wider than the 12 bits that PerfControl has
                    }
                    events ZenEvents
                }
                events ZenEvents for Zen {
                    cycles        = 0x076:0x00   is cycles
                    instructions  = 0x0C0:0x00   is instructions
                    p0_cycles     = 0x120:0x01
                    beyond        = 0x1120:0x01  //! PMU0501 "0x1120" the event code 0x1120 is wider
                }
                """));
    }

    @Test
    void aUnitMaskOfSixteenBitsIsWrongOnlyWithoutItsSecondField() {
        Sketch.check(family("", """
                    GUARDED  = 0x2A:0x0101  when umask2
                    OPEN     = 0x2B:0x0101  //! PMU0501 "0x0101" the unit mask 0x101 is wider than the 8 bits that Select has for it
                """));
    }

    @Test
    void aSettingOfAFieldThatSomeCpusLackNeedsTheFieldsGuard() {
        Sketch.check(family("""
                    constraints {
                        any (in_tx)  within gp[2]  when rtm
                        0xC9         on gp[0]
                    }
                """, """
                    GUARDED  = 0x2A:0x01 (in_tx)  when rtm
                    OPEN     = 0x2B:0x01 (in_tx)  //! PMU0502 "in_tx" Poor has no field 'in_tx', which is there only 'when rtm'
                    ABORTED  = 0xC9:0x04          on gp[0]
                """));
    }

    @Test
    void aRowAboutAFieldThatIsNotThereHoldsForNoEvent() {
        Sketch.check(Sketch.cpu("""
                constraints {
                    any (in_tx)  within gp[2]  //! PMU0502 "in_tx" X has no field 'in_tx'
                }
                """, "STALLS = 0xA2:0x01  on gp[0]"));
    }

    @Test
    void settingsOfFixedCountersAreFieldsOfTheirControl() {
        Sketch.check("""
                cpu X extends Global {
                    signature GenuineIntel family 6 model 0x0F
                    counters gp     [0..3]  width 40 bits
                    counters fixed  [0..2]  width 40 bits
                    events Needed, XEvents
                }
                events XEvents for X {
                    CYCLES.ANY      = fixed[1] (any)
                    CYCLES.THREAD   = fixed[1]
                    CYCLES.TWO      = fixed[1] (any 2)  //! PMU0502 "2" 2 does not fit into 'any', which has 1 bit: at most 1
                }
                """);
    }

    @Test
    void namesOfEventsThatNoCpuHasTogetherMayBeTheSame() {
        Sketch.check(family("", """
                    ABORTED   = 0xC9:0x04  when rtm
                    ABORTED   = 0xC9:0x02  unless rtm
                    STALLS    = 0xA2:0x01  when rtm
                    STALLS    = 0xA2:0x02  when umask2  //! PMU0503 "STALLS" event 'STALLS' is already in the table Shared
                """));
    }

    @Test
    void aCpuCannotGiveAnInheritedNameAnew() {
        Sketch.check(Sketch.cpu("", "CYCLES = 0x3C:0x01  //! PMU0503 \"CYCLES\" event 'CYCLES' is already in the table Needed, also of X"));
    }

    @Test
    void anEncodingOfAnotherLevelOrOfTheArchitectureMayHaveAnotherName() {
        Sketch.check("""
                pmu Family extends Base {
                    events Architecture, Vendor
                }
                events Architecture for Family {
                    BRANCHES_RETIRED  = 0xC4:0x00  architectural 5
                }
                events Vendor for Family {
                    BR_INST.ALL   = 0xC4:0x00
                    BR_INST.MANY  = 0xC4:0x00                     //! PMU0504 "BR_INST.MANY" 'BR_INST.MANY' is encoded as 'BR_INST.ALL' is
                    BR_INST.TEN   = 0xC4:0x00 (cmask 10)
                    BR_INST.WAS   = 0xC4:0x00  deprecated
                }
                cpu X extends Family {
                    signature GenuineIntel family 6 model 0x0F
                    counters gp [0..3]  width 40 bits
                    events Needed, Own
                }
                events Own for X {
                    BRANCHES  = 0xC4:0x00
                }
                """);
    }

    @Test
    void anotherExtraValueIsAnotherEvent() {
        Sketch.check(Sketch.cpu("""
                msr OFFCORE  0x1A6  is extra
                extra offcore { 0xB7:0x01  uses OFFCORE  valid 0xFFFF }
                """, """
                READS   = 0xB7:0x01  with offcore 0x0001
                WRITES  = 0xB7:0x01  with offcore 0x0002
                AGAIN   = 0xB7:0x01  with offcore 0x0002  //! PMU0504 "AGAIN" 'AGAIN' is encoded as 'WRITES' is
                """));
    }

    @Test
    void anEventMayNameFewerCountersAndThoseThatExistWithoutSmtOnly() {
        Sketch.check("""
                cpu X extends Base {
                    signature GenuineIntel family 6 model 0x0F
                    counters gp [0..3] with smt, [0..7] without smt  width 40 bits
                    constraints {
                        0xCD  on gp[3..7]
                    }
                    events Needed, XEvents
                }
                events XEvents for X {
                    LOADS     = 0xCD:0x01  on gp[4..7]
                    STORES    = 0xCD:0x02  on gp[2..3]  //! PMU0505 "gp[2..3]" event 'STORES' cannot count on gp[2]: the constraints of X allow it on gp[3..7]
                    ANYWHERE  = 0xCE:0x02  on gp
                }
                """);
    }

    @Test
    void aPlainRowIsForUnmodifiedEventsButTheirModesDoNotMatter() {
        Sketch.check("""
                cpu X extends Global {
                    signature GenuineIntel family 6 model 0x0F
                    counters gp     [0..3]  width 40 bits
                    counters fixed  [0..2]  width 40 bits
                    constraints {
                        0xC2:0x00  on fixed[0] or gp[0]  plain
                        0xC2:0x00  on gp[1]
                    }
                    events Needed, XEvents
                }
                events XEvents for X {
                    PLAIN     = 0xC2:0x00            on fixed[0] or gp[0]
                    USER      = 0xC2:0x00 (usr)      on fixed[0]
                    MODIFIED  = 0xC2:0x00 (cmask 1)  on gp[1]
                    FIXED     = 0xC2:0x00 (inv)      on fixed[0]  //! PMU0505 "fixed[0]" event 'FIXED' cannot count on fixed[0]: the constraints of X allow it on gp[1]
                }
                """);
    }

    @Test
    void aTableIsHeldAgainstTheCpuThatListsItNotAgainstThePartItIsFor() {
        Sketch.check("""
                pmu Family extends Base {
                    counters gp [0..3]  width 40 bits
                    constraints {
                        0x48  on gp[2]
                    }
                }
                events FamilyEvents for Family {
                    PENDING  = 0x48:0x01  on gp[0..3]
                }
                cpu X extends Family {
                    signature GenuineIntel family 6 model 0x0F
                    constraints {
                        0x48  on gp[0..3]
                    }
                    events Needed, FamilyEvents
                }
                """);
    }

    @Test
    void aTableThatNobodyListsIsHeldAgainstThePmuItIsFor() {
        Sketch.check("""
                pmu Family extends Base {
                    counters gp [0..3]  width 40 bits
                    constraints {
                        0x48  on gp[2]
                    }
                }
                events FamilyEvents for Family {
                    PENDING  = 0x48:0x01        on gp[3]   //! PMU0505 "gp[3]" event 'PENDING' cannot count on gp[3]: the constraints of Family allow it on gp[2]
                    WIDE     = 0x148:0x01                  //! PMU0501 "0x148" the event code 0x148
                    WIDER    = 0x49:0x01 (cmask 300)       //! PMU0502 "300" 300 does not fit into 'cmask'
                }
                """);
    }

    @Test
    void aFileOfEventsAloneIsChecked() {
        Source pmu = new Source("base.pmu", Sketch.BASE);
        Source events = new Source("events.pmu", "package sketch\nevents Alone for Base {\n    A = 0x1FF:0x00\n}\n");
        CheckResult result = PmuChecker.standalone().check(List.of(events), List.of(pmu));
        assertEquals(List.of("PMU0501"), result.findings().stream().map(finding -> finding.id()).toList());
    }

    @Test
    void aPartWithoutCountersIsNotAskedForThem() {
        Sketch.check("""
                pmu Part extends Base {
                    constraints {
                        0x48  on gp[2]
                    }
                    events PartEvents
                }
                events PartEvents for Part {
                    PENDING  = 0x48:0x01  on gp[2]
                    SLOTS    = fixed[3]
                    LOADS    = 0xCD:0x01  precise on gp[0..3]
                }
                """);
    }

    @Test
    void aRowThatOnlySomeCpusHaveSaysNothingOfThePart() {
        Sketch.check("""
                pmu Family extends Base {
                    counters gp [0..3]  width 40 bits
                    constraints {
                        0x48  on gp[2]  when rtm
                    }
                    events FamilyEvents
                }
                events FamilyEvents for Family {
                    PENDING  = 0x48:0x01  on gp[0]
                }
                """);
    }

    @Test
    void anUnknownBankInARowHasNoConsequencesForEvents() {
        Sketch.check(Sketch.cpu("""
                constraints {
                    0x48  on gq[2] or gp[1]  //! PMU0001 "gq"
                }
                """, "PENDING = 0x48:0x01  on gp[2]"));
    }

    @Test
    void anUnknownBankInAnEventHasNoConsequences() {
        Sketch.check(Sketch.cpu("constraints { 0x48  on gp[2] }", "PENDING = 0x48:0x01  on gq[2]  //! PMU0001 \"gq\""));
    }

    @Test
    void aRowAndAnExtraCanLeaveNoCounter() {
        Sketch.check(Sketch.cpu("""
                msr OFFCORE  0x1A6  is extra
                extra offcore { 0xB7:0x01  uses OFFCORE  valid 0xFFFF  on gp[0] }
                constraints {
                    0xB7  on gp[1]
                }
                """, "READS = 0xB7:0x01  with offcore 0x0001  //! PMU0506 \"0xB7:0x01\" the constraints of X leave no counter"));
    }

    @Test
    void metricsNeedARegisterThatTheCpuHas() {
        Sketch.check("""
                layout Topdown {
                    retiring  [7:0]
                    heavy     [39:32]  when umask2
                }
                pmu Family extends Base {
                    counters gp [0..3]  width 40 bits
                    msr PERF_METRICS  0x329  is metrics Topdown  when rtm
                    events Needed, FamilyEvents
                }
                events FamilyEvents for Family {
                    RETIRING  = PERF_METRICS.retiring  when rtm
                    OPEN      = PERF_METRICS.retiring  deprecated  //! PMU0506 "PERF_METRICS.retiring" Without has no PERF_METRICS, which is there only 'when rtm'
                    HEAVY     = PERF_METRICS.heavy     when rtm //! PMU0506 "heavy" PERF_METRICS of With has no field 'heavy', which is there only 'when umask2'
                }
                cpu With extends Family {
                    signature GenuineIntel family 6 model 0x0F
                    has rtm
                }
                cpu Without extends Family {
                    signature GenuineIntel family 6 model 0x17
                }
                """);
    }

    @Test
    @DisplayName("PMU0508: Broadwell's low-six-bits row and the vendor's period 2000003")
    void aProposedPeriodNeedNotHaveItsLowBitsZero() {
        Sketch.check(Sketch.cpu("""
                periods {
                    0xC0:0x01    at least 128  low 6 bits zero
                    any precise 3  at least 1000
                }
                """, """
                PREC_DIST  = 0xC0:0x01  period 2000003
                SHORT      = 0xC0:0x01 (inv)  period 100  //! PMU0508 "100" period 100 of event 'SHORT' is below the smallest that is possible, 128
                OTHER      = 0xC0:0x02  period 100
                NEVER      = 0xC0:0x03  period 0          //! PMU0508 "0" period 0 of event 'NEVER' is below the smallest that is possible, 1
                """));
    }

    @Test
    void preciseRecordsThatOnlySomeCpusWriteAreSettledPerCpu() {
        Sketch.check(family("""
                    msr PRECISE  0x3F1  is precise enable  when rtm
                    precise records format 1 on gp[0..1]  when rtm
                """, """
                    LOADS   = 0xCD:0x01  precise on gp[0]  when rtm
                    STORES  = 0xCD:0x02  precise on gp[0]            //! PMU0509 "gp[0]" event 'STORES' is precise, but Poor writes no precise records
                """));
    }

    @Test
    void aNearerTableGivesAGenericRoleAnew() {
        CheckResult result = Sketch.check(Sketch.cpu("", "TICKS = 0x3D:0x00").replace("events Needed, XEvents", "events XEvents")
                .replace("cpu X extends Base", "pmu Listing extends Base { events Needed }\ncpu X extends Listing")
                .replace("TICKS = 0x3D:0x00", "TICKS = 0x3D:0x00  is cycles"));
        CpuModel cpu = result.model().orElseThrow().cpus().get(0);
        assertEquals(List.of("INSTRUCTIONS", "TICKS"),
                cpu.events().stream().filter(event -> event.role().isPresent()).map(EventModel::name).toList());
    }

    @Test
    void aMissingRoleIsNotAskedForWhileATableCannotBeRead() {
        CheckResult result = PmuChecker.standalone().check(List.of(new Source("sketch.pmu", Sketch.BASE + """
                cpu X extends Base {
                    signature GenuineIntel family 6 model 0x0F
                    counters gp [0..3]  width 40 bits
                    events XEvents
                }
                events XEvents for X {
                    CYCLES = is cycles
                }
                """)));
        assertEquals(List.of(), result.findings().stream().map(finding -> finding.id()).filter("PMU0511"::equals).toList());
    }

    @Test
    void aPartNeedNotGiveTheRoles() {
        Sketch.check("pmu Part extends Base {\n    events PartEvents\n}\nevents PartEvents for Part {\n    A = 0x01:0x01\n}\n");
    }

    @Test
    void aTableForAnAncestorMayBeListedByAnyDescendant() {
        Sketch.check(Sketch.cpu("") + """
                cpu Y extends Global {
                    signature GenuineIntel family 6 model 0x17
                    counters gp     [0..3]  width 40 bits
                    counters fixed  [0..2]  width 40 bits
                    events Needed, XEvents  //! PMU0512 "XEvents" table XEvents is for X, which Y does not extend
                }
                """);
    }
}
