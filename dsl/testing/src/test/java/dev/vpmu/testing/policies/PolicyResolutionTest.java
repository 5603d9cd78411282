package dev.vpmu.testing.policies;

import static dev.vpmu.testing.policies.PolicyText.steps;
import static dev.vpmu.testing.policies.PolicyText.switches;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.policy.ConflictAnswer;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PmiRoute;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.RdpmcTreatment;
import dev.vpmu.dsl.model.policy.Reprogram;
import dev.vpmu.dsl.model.policy.SequenceModel;
import dev.vpmu.dsl.model.policy.Trigger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a policy says beside the accesses, after inheritance and guards. */
class PolicyResolutionTest {

    @Test
    void whatIsNotSaid() {
        PolicyModel policy = PolicySketch.policy("policy P {\n}\n");
        assertEquals(Ownership.NONE, policy.ownership());
        assertEquals(false, policy.sameCounter());
        assertEquals(new PmiRoute(true, false, true), policy.route());
        assertEquals(RdpmcTreatment.INTERCEPTED, policy.rdpmc());
        assertEquals(Optional.empty(), policy.reprogram());
        assertEquals(List.of(), policy.sequences());
        assertEquals(false, policy.accountsEmulated() || policy.filters() || policy.hypothetical());
    }

    @Test
    void everySubjectIsReplacedByTheNearestStatement() {
        PolicyModel policy = PolicySketch.policy("""
                policy A {
                    owns no counter
                    maps to any counter
                    forbids any thread, interrupt enable
                    reprogram at once by recreating
                    pmi by event deferred
                    accounts emulated instructions
                    filters events
                    intercept rdpmc unchecked
                    on conflict refuse
                }
                policy P extends A {
                    owns all counters while loaded
                    maps to same counter
                    forbids nothing
                    reprogram at entry by resuming
                    pmi by callback stays unmasked
                    accounts no emulated instructions
                    filters no events
                    passthrough rdpmc
                    on conflict move else rotate else evict
                }
                """);
        assertEquals(Ownership.WHILE_LOADED, policy.ownership());
        assertEquals(true, policy.sameCounter());
        assertEquals(List.of(), policy.forbidden());
        assertEquals(Optional.empty(), policy.reprogram());
        assertEquals(new PmiRoute(false, false, false), policy.route());
        assertEquals(RdpmcTreatment.PASSED, policy.rdpmc());
        assertEquals(false, policy.accountsEmulated() || policy.filters());
        assertEquals(List.of(ConflictAnswer.MOVE, ConflictAnswer.ROTATE, ConflictAnswer.EVICT), policy.conflict());
    }

    @Test
    void hostEventsAreReprogrammedWhereThereAreSome() {
        PolicyModel policy = PolicySketch.policy("""
                policy A {
                    owns no counter
                    reprogram at once by recreating
                }
                policy P extends A {
                    reprogram at entry by resuming
                    on conflict refuse
                }
                """);
        assertEquals(Optional.of(new Reprogram(true, true)), policy.reprogram());
        assertEquals(List.of(), policy.conflict());
    }

    @Test
    void whatIsInherited() {
        PolicyModel policy = PolicySketch.policy("""
                policy A for Base {
                    owns each counter while programmed
                    forbids any thread
                    pmi by event deferred
                    accounts emulated instructions
                    filters events
                    intercept rdpmc unchecked
                    lacks records
                }
                policy P extends A {
                    lacks wide
                }
                """);
        assertEquals(Ownership.WHILE_PROGRAMMED, policy.ownership());
        assertEquals(List.of(FieldRole.ANY_THREAD), policy.forbidden());
        assertEquals(new PmiRoute(true, true, true), policy.route());
        assertEquals(RdpmcTreatment.UNCHECKED, policy.rdpmc());
        assertEquals(true, policy.accountsEmulated() && policy.filters());
        assertEquals(List.of("records", "wide"), policy.lacks());
    }

    @Test
    void aPmiMasksTheVirtualLvtpcAsTheCpusDoes() {
        assertEquals(false, PolicySketch.policy("pmi through LVTPC stays unmasked", "policy P {\n pmi by callback\n}\n").route().masksLvt());
    }

    @Test
    void switchesAreGuardedReplacedAndLeft() {
        String policy = """
                policy A for Base {
                    switch enable           entry guest & owned  exit host & ~owned  by controls  when controls
                    switch enable           entry guest & owned  exit 0  saving      by list      unless controls
                    switch precise records  entry 0              exit host           by list
                }
                policy P extends A {
                    switch msr LATENCY  entry hardware  exit hardware  by instructions
                    leave precise enable
                }
                """;
        assertEquals(List.of("ENABLE entry (guest & owned) exit 0 saving by list", "LATENCY entry hardware exit hardware by instructions"),
                switches(PolicySketch.policy(policy)));
        assertEquals("ENABLE entry (guest & owned) exit (host & ~owned) by controls", switches(PolicySketch.policy("has controls, wide", policy)).get(0));
    }

    @Test
    void anAliasIsNotSwitchedASecondTime() {
        assertEquals(List.of("PMC entry guest by list", "FIXED entry guest by list"),
                switches(PolicySketch.policy("policy P {\n switch value  entry guest  by list\n}\n")));
    }

    @Test
    void stepsMeanTheRegistersWithAStorageOfTheirOwnUnlessTheyNameOne() {
        PolicyModel policy = PolicySketch.policy("""
                policy P for Base {
                    on take  clear enable, restore value, restore msr WIDE_PMC if-changed, restore usage
                    on reset  return all, clear guest
                }
                """);
        assertEquals(List.of("clear ENABLE", "restore PMC, FIXED", "restore msr WIDE_PMC if-changed"), steps(policy, Trigger.TAKE));
        assertEquals(List.of("return owned", "clear guest"), steps(policy, Trigger.RESET));
    }

    @Test
    void everyMomentOfASequenceIsReplacedByItself() {
        PolicyModel policy = PolicySketch.policy("""
                policy A {
                    on load and sched in  route pmi to guest, take remembered
                    on put and exit       remember owned, return owned, route pmi to host
                    on overflow           merge status, request pmi
                    on sched out          release idle
                }
                policy P extends A {
                    on load      take all
                    on exit      nothing
                    on overflow  request pmi always
                }
                """);
        assertEquals(List.of("take all"), steps(policy, Trigger.LOAD));
        assertEquals(List.of("route to guest", "take remembered"), steps(policy, Trigger.SCHED_IN));
        assertEquals(List.of("remember owned", "return owned", "route to host"), steps(policy, Trigger.PUT));
        assertEquals(List.of("request pmi always"), steps(policy, Trigger.OVERFLOW));
        assertEquals(List.of(), steps(policy, Trigger.EXIT));
        assertEquals(List.of(Trigger.SCHED_IN, Trigger.SCHED_OUT, Trigger.LOAD, Trigger.PUT, Trigger.EXIT, Trigger.OVERFLOW),
                policy.sequences().stream().map(SequenceModel::trigger).toList());
    }

    @Test
    void aCpuListsPoliciesInsteadOfTheInheritedOnes() {
        assertEquals("P", PolicySketch.policy("policy A {\n}\npolicy P {\n}\n").name());
    }
}
