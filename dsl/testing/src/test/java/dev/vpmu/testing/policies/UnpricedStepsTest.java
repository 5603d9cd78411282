package dev.vpmu.testing.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.rules.Finding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which steps have to have a price under which policy, and where a price may stand. */
class UnpricedStepsTest {

    private static final String ALL = "vm_exit, msr_switch, access, rdmsr, wrmsr, rdpmc, ";
    private static final String INTERRUPTS = "sched_pass, nmi, kick, injection";

    /** Host events, as Linux has them today. */
    private static final String EVENTS = """
            policy Events {
                owns no counter
                maps to any counter
                reprogram at entry by resuming
                pmi by event
                intercept value             read events  write guest, reprogram
                intercept selector, enable  read guest   write guest, reprogram
                intercept status            read guest   write fault
                intercept clear             read 0       write guest
                switch enable          entry all & ~host-only  exit all & ~guest-only  by controls
                switch precise enable  entry 0                 exit host               by list
            }
            """;

    /** A cpu with one policy, which owns counters. */
    private static final String OWNING = PolicySketch.text("Owning", "has wide, records = 2", PolicyRulesTest.OWNING);
    private static final String KICK = "no price for 'kick', which policy 'Owning' takes; add 'kick = …'";

    static Stream<Arguments> policies() {
        String recreating = "reprogram at once by recreating\n intercept value  read events  write guest";
        return Stream.of(
                policy("Owning", "", ALL + INTERRUPTS),
                policy("Owning", "leave enable\n leave precise enable", "vm_exit, access, rdmsr, wrmsr, rdpmc, " + INTERRUPTS),
                policy("Owning", "switch enable  entry guest & owned  exit host & ~owned  by instructions\n leave precise enable",
                        "vm_exit, access, rdmsr, wrmsr, rdpmc, " + INTERRUPTS),
                policy("Owning", "switch enable  entry guest & owned  exit host & ~owned  saving  by instructions\n leave precise enable",
                        "vm_exit, access, rdmsr, wrmsr, rdpmc, " + INTERRUPTS),
                policy("Owning", "switch enable  entry guest & owned  exit host & ~owned  saving  by list\n leave precise enable", ALL + INTERRUPTS),
                policy("Owning", "on overflow  merge status", ALL + "sched_pass, nmi"),
                policy("Owning", "on overflow  merge status\n accounts emulated instructions", ALL + "sched_pass, nmi, injection"),
                policy("Owning", "pmi by event deferred", ALL + INTERRUPTS),
                policy("Owning", "passthrough rdpmc", ALL + INTERRUPTS),
                policy("Owning", "passthrough rdpmc\n passthrough value, selector, enable, status, clear", "vm_exit, msr_switch, rdmsr, wrmsr, rdpmc, " + INTERRUPTS),
                policy("Events", "", ALL + "event_create, event_release, event_pause, event_resume, event_period, " + INTERRUPTS),
                policy("Events", "pmi by event deferred",
                        ALL + "event_create, event_release, event_pause, event_resume, event_period, sched_pass, nmi, irq_work, kick, injection"),
                policy("Events", "reprogram at once by recreating", ALL + "event_create, event_release, event_period, " + INTERRUPTS),
                policy("Events", recreating, ALL + "event_create, event_release, " + INTERRUPTS),
                policy("Events", recreating + "\n leave enable\n leave precise enable",
                        "vm_exit, access, rdmsr, wrmsr, rdpmc, event_create, event_release, " + INTERRUPTS));
    }

    private static Arguments policy(String parent, String statements, String steps) {
        return Arguments.of(parent, statements, steps);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void whatAPolicyDoesIsWhatHasToBePriced(String parent, String statements, String steps) {
        String policies = PolicyRulesTest.OWNING + EVENTS + "policy P extends " + parent + " {\n" + statements + "\n}\n";
        assertEquals("no price for " + quoted(steps) + ", which policy 'P' takes; add a row for each, 'vm_exit = …'", message("P", "", policies + costs("")));
        assertEquals("", message("P", "", policies + costs(steps)));
    }

    @Test
    void whereNoRegisterEnablesCountersTheirSelectorsAreSwitched() {
        String policies = EVENTS.replaceAll("(?m)^ +switch .*\\R", "");
        String steps = "vm_exit, access, rdmsr, wrmsr, rdpmc, event_create, event_release, event_pause, event_resume, event_period, " + INTERRUPTS;
        assertEquals("", message("Events", "", policies + costs(steps)));
        assertEquals("no price for 'msr_switch', which policy 'Events' takes; add 'msr_switch = …'",
                message("Events", "msr ENABLE  0x38F  is enable Some", "layout Some {\n    each gp { en  [0]  is enable }\n}\n" + policies + costs(steps)));
    }

    @Test
    void whatRdpmcShowsIsNotReadByRdmsr() {
        String first = """
                package first
                bank gp  index 0  rdpmc 0x0000
                layout Select {
                    event  [7:0]   is event code
                    umask  [15:8]  is unit mask
                    usr    [16]    is user mode
                    os     [17]    is kernel mode
                    int    [20]    is interrupt enable
                    en     [22]    is enable
                }
                cpu X {
                    signature GenuineIntel family 6 model 0x0F
                    version 1
                    counters gp [0..3]  width 40 bits
                    msr PMC[gp]  0x0C1  is value
                    msr SEL[gp]  0x186  is selector Select
                    rdpmc type [31:16] index [15:0]  exit before fault
                    pmi through LVTPC masks itself
                    policies Events
                }
                policy Events {
                    owns no counter
                    intercept value     read events  write guest, reprogram
                    intercept selector  read guest   write guest, reprogram
                }
                """ + costs("vm_exit, msr_switch, access, wrmsr, event_create, event_release, event_pause, event_resume, event_period, " + INTERRUPTS);
        assertEquals("no price for 'rdpmc', which policy 'Events' takes; add 'rdpmc = …'", message(first));
        String missing = "no price for 'rdmsr', which policy 'Events' takes; add 'rdmsr = …'";
        assertEquals(missing, message(first.replace("  rdpmc 0x0000", "")));
        assertEquals(missing, message(first.replace("    rdpmc type [31:16] index [15:0]  exit before fault\n", "")));
    }

    @Test
    void aPriceMayBeOfOnePolicy() {
        String steps = costs(ALL + INTERRUPTS.replace("kick", "kick of Owning"));
        assertEquals("", message(OWNING + steps));
        assertEquals("no price for 'kick', which policy 'P' takes; add 'kick = …'",
                message("Owning, P", "", PolicyRulesTest.OWNING + "policy P extends Owning {\n}\n" + steps));
    }

    @Test
    void whatSeveralPoliciesTakeIsSaidTogether() {
        assertEquals("no price for 'event_pause', which policy 'Events' takes, nor for 'nmi', 'kick', which policies 'Owning', 'Events' take; "
                + "add a row for each, 'event_pause = …'", message("Owning, Events", "", PolicyRulesTest.OWNING + EVENTS
                + costs(ALL + "event_create, event_release, event_resume, event_period, sched_pass, injection")));
    }

    @Test
    void aPriceMayBeInherited() {
        String tables = costs(ALL + "sched_pass, nmi, injection").replace("Study", "Base") + "costs Study extends Base {\n    kick  = 1 ns  assumed\n}\n";
        assertEquals(KICK, message(OWNING + tables));
        assertEquals("", message(OWNING + tables.replace("injection =", "kick = 2 ns\n    injection =").replace("    kick  = 1 ns  assumed\n", "")));
    }

    @Test
    void aTableOfNoPolicyOwesNothing() {
        assertEquals("", message(OWNING.replace("    policies Owning\n", "") + costs("")));
    }

    @Test
    void aCpuMayInheritItsPolicies() {
        String cpu = "cpu Y extends X {\n    signature GenuineIntel family 6 model 0x10\n}\n";
        assertEquals(KICK, message(OWNING + cpu + costs(ALL + "sched_pass, nmi, injection").replace("for X", "for Y")));
    }

    @Test
    void theCpuMayBeInAnotherFile() {
        Source table = new Source("table.pmu", "package table\nimport sketch.*\n" + costs(ALL + "sched_pass, nmi, injection"));
        assertEquals(KICK, message(PmuChecker.standalone().check(List.of(table), List.of(new Source("sketch.pmu", OWNING)))));
    }

    @Test
    void aStepThatIsMisspeltIsReportedOnce() {
        CheckResult result = PmuChecker.standalone().check(List.of(new Source("sketch.pmu", OWNING + costs(ALL + "sched_pass, nmi, kicks, injection"))));
        assertEquals(List.of("PMU1002"), result.findings().stream().map(Finding::id).filter(id -> id.startsWith("PMU10")).toList());
    }

    /** A table of the steps, each of which costs a nanosecond. */
    private static String costs(String steps) {
        return "costs Study for X assumed {\n" + Stream.of(steps.split(", ")).filter(step -> !step.isEmpty())
                .map(step -> "    " + step + " = 1 ns\n").collect(Collectors.joining()) + "}\n";
    }

    private static String quoted(String steps) {
        return Stream.of(steps.split(", ")).map(step -> "'" + step + "'").collect(Collectors.joining(", "));
    }

    /** What the rule says on a cpu that uses the policies so and says so; empty if nothing. */
    private static String message(String uses, String cpu, String text) {
        return message(PolicySketch.text(uses, "has wide, records = 2\n" + cpu, text));
    }

    private static String message(String file) {
        return message(PmuChecker.standalone().check(List.of(new Source("sketch.pmu", file))));
    }

    private static String message(CheckResult result) {
        return result.findings().stream().filter(finding -> finding.id().equals("PMU1001")).map(Finding::message).collect(Collectors.joining("\n"));
    }
}
