package dev.vpmu.cpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.ConflictAnswer;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PmiRoute;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.RdpmcTreatment;
import dev.vpmu.dsl.model.policy.Reprogram;
import dev.vpmu.dsl.model.policy.StepModel.Kind;
import dev.vpmu.dsl.model.policy.Trigger;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the shipped policies come to on Broadwell-EP. */
class ShippedPoliciesTest {

    private static CpuModel cpu;

    @BeforeAll
    static void load() throws IOException {
        cpu = PmuChecker.standalone().check(ShippedModelsTest.sources()).model().orElseThrow().cpus().stream()
                .filter(found -> found.name().equals("BroadwellEP")).findFirst().orElseThrow();
    }

    private static PolicyModel policy(String name) {
        return cpu.policies().stream().filter(policy -> policy.name().equals(name)).findFirst().orElseThrow();
    }

    private static List<String> hidden(PolicyModel policy) {
        return policy.accesses().stream().filter(access -> access.treatment() == Treatment.HIDE).map(AccessModel::register).toList();
    }

    @Test
    void thereAreFourAndNoneIsHypothetical() {
        assertEquals(List.of("EventOriented", "EventOriented2018", "RegisterOriented", "RegisterOrientedAsPosted"),
                cpu.policies().stream().map(PolicyModel::name).toList());
        assertEquals(true, cpu.policies().stream().noneMatch(PolicyModel::hypothetical));
    }

    @Test
    void eachTreatsEveryRegisterOnce() {
        for (PolicyModel policy : cpu.policies()) {
            assertEquals(cpu.registers().stream().map(RegisterModel::name).toList(), policy.accesses().stream().map(AccessModel::register).toList());
        }
    }

    @Test
    void theGuestHasNoRecordsNoExtrasAndIn2018NoFullWidthWrites() {
        List<String> always = List.of("MSR_OFFCORE_RSP_0", "MSR_OFFCORE_RSP_1", "MSR_PEBS_LD_LAT", "IA32_PEBS_ENABLE", "IA32_DS_AREA", "MSR_LBR_SELECT",
                "MSR_LASTBRANCH_TOS", "MSR_LASTBRANCH_FROM_IP", "MSR_LASTBRANCH_TO_IP");
        assertEquals(always, hidden(policy("EventOriented")));
        assertEquals(always, hidden(policy("RegisterOriented")));
        assertEquals("IA32_A_PMC", hidden(policy("EventOriented2018")).get(0));
        assertEquals("IA32_A_PMC", hidden(policy("RegisterOrientedAsPosted")).get(0));
        assertEquals(List.of("lbr_format", "pebs_format", "pebs_trap", "freeze_in_smm"), policy("RegisterOriented").lacks());
        assertEquals(List.of("lbr_format", "pebs_format", "pebs_trap", "freeze_in_smm", "full_width_write"), policy("EventOriented2018").lacks());
    }

    @Test
    void eventsOfTodayAndOf2018() {
        PolicyModel today = policy("EventOriented");
        PolicyModel then = policy("EventOriented2018");
        assertEquals(List.of(Ownership.NONE, Ownership.NONE), List.of(today.ownership(), then.ownership()));
        assertEquals(Optional.of(new Reprogram(true, true)), today.reprogram());
        assertEquals(Optional.of(new Reprogram(false, false)), then.reprogram());
        assertEquals(new PmiRoute(true, false, true), today.route());
        assertEquals(new PmiRoute(true, true, false), then.route());
        assertEquals(List.of(true, true, false, false),
                List.of(today.accountsEmulated(), today.filters(), then.accountsEmulated(), then.filters()));
        assertEquals(List.of(Kind.RELEASE_IDLE), today.steps(Trigger.SCHED_IN).stream().map(step -> step.kind()).toList());
        assertEquals(List.of(), then.steps(Trigger.SCHED_IN));
    }

    @Test
    void theSeriesAsIntendedAndAsPosted() {
        PolicyModel intended = policy("RegisterOriented");
        PolicyModel posted = policy("RegisterOrientedAsPosted");
        assertEquals(List.of(Ownership.WHILE_LOCALLY_ENABLED, Ownership.WHILE_PROGRAMMED), List.of(intended.ownership(), posted.ownership()));
        assertEquals(List.of(RdpmcTreatment.INTERCEPTED, RdpmcTreatment.UNCHECKED), List.of(intended.rdpmc(), posted.rdpmc()));
        assertEquals(List.of(ConflictAnswer.MOVE, ConflictAnswer.ROTATE, ConflictAnswer.EVICT), intended.conflict());
        assertEquals(List.of(ConflictAnswer.OVERLOOK), posted.conflict());
        assertEquals(List.of("IA32_PERF_GLOBAL_CTRL CONTROLS", "IA32_PEBS_ENABLE LIST"), switches(intended));
        assertEquals(List.of("IA32_PERF_GLOBAL_CTRL LIST"), switches(posted));
        assertEquals(List.of("IA32_PMC", "IA32_FIXED_CTR"), intended.steps(Trigger.TAKE).get(2).registers());
        assertEquals(List.of("IA32_PMC"), posted.steps(Trigger.TAKE).get(0).registers());
        assertEquals(true, posted.steps(Trigger.TAKE).get(0).named());
        assertEquals(List.of(Trigger.TAKE, Trigger.RETURN, Trigger.SCHED_IN, Trigger.SCHED_OUT, Trigger.RESET, Trigger.OVERFLOW),
                posted.sequences().stream().filter(sequence -> !sequence.steps().isEmpty()).map(sequence -> sequence.trigger()).toList());
        assertEquals(List.of(), intended.allowances());
    }

    private static List<String> switches(PolicyModel policy) {
        return policy.switches().stream().map(model -> model.register() + " " + model.means()).toList();
    }
}
