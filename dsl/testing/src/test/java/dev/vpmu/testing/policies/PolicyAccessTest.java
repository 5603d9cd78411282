package dev.vpmu.testing.policies;

import static dev.vpmu.testing.policies.PolicyText.access;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.PolicyModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a guest's accesses of each register do, after roles, names, aliases and inheritance. */
class PolicyAccessTest {

    @Test
    void everyRegisterOfTheCpuIsThereOnce() {
        PolicyModel policy = PolicySketch.policy("policy P {\n}\n");
        assertEquals(List.of("PMC", "SEL", "FIXED", "FIXED_CTRL", "STATUS", "ENABLE", "CLEAR", "WIDE_PMC", "FEATURES", "DEBUGCTL", "PEBS", "LATENCY",
                "FROM"), policy.accesses().stream().map(AccessModel::register).toList());
        assertEquals(List.of("hide"), policy.accesses().stream().map(register -> access(policy, register.register())).distinct().toList());
    }

    @Test
    void whatDoesNotExistOnTheCpuIsNotThere() {
        PolicyModel policy = PolicySketch.policy("has records = 1", "policy P for Base {\n hide msr WIDE_PMC\n lacks wide, records\n}\n");
        assertEquals(false, policy.access("WIDE_PMC").isPresent());
        assertEquals(List.of("records"), policy.lacks());
    }

    @Test
    void aRoleMeansEveryRegisterThatHasIt() {
        PolicyModel policy = PolicySketch.policy("""
                policy P {
                    intercept value, selector  read guest  write guest, reprogram
                    intercept clear            read 0      write guest, hardware & owned
                    passthrough precise records
                    share control  because "the host has its own"
                }
                """);
        assertEquals("intercept read guest write guest, reprogram", access(policy, "PMC"));
        assertEquals("intercept read guest write guest, reprogram", access(policy, "FIXED"));
        assertEquals("intercept read guest write guest, reprogram", access(policy, "FIXED_CTRL"));
        assertEquals("intercept read 0 write guest, hardware & owned", access(policy, "CLEAR"));
        assertEquals("pass", access(policy, "PEBS"));
        assertEquals("pass", access(policy, "LATENCY"));
        assertEquals("share", access(policy, "DEBUGCTL"));
        assertEquals("hide", access(policy, "STATUS"));
    }

    @Test
    void aNameBeatsARoleInEitherOrder() {
        String value = "intercept value  read guest  write guest\n";
        String named = "intercept msr PMC  read fault  write nothing\n";
        for (String body : List.of(value + named, named + value)) {
            PolicyModel policy = PolicySketch.policy("policy P for Base {\n" + body + "}\n");
            assertEquals("intercept read fault write nothing", access(policy, "PMC"));
            assertEquals("intercept read guest write guest", access(policy, "FIXED"));
        }
    }

    @Test
    void anInheritedNameBeatsARoleToo() {
        PolicyModel policy = PolicySketch.policy("""
                policy A for Base {
                    hide msr PMC
                }
                policy P extends A {
                    intercept value  read guest  write guest
                }
                """);
        assertEquals("hide", access(policy, "PMC"));
        assertEquals("intercept read guest write guest", access(policy, "FIXED"));
    }

    @Test
    void anAliasIsTreatedAsItsTargetUnlessItIsNamed() {
        PolicyModel target = PolicySketch.policy("policy P for Base {\n intercept msr PMC  read guest  write guest\n hide value\n}\n");
        assertEquals("intercept read guest write guest", access(target, "WIDE_PMC"));
        PolicyModel named = PolicySketch.policy("policy P for Base {\n intercept value  read guest  write guest\n hide msr WIDE_PMC\n}\n");
        assertEquals("hide", access(named, "WIDE_PMC"));
        assertEquals("intercept read guest write guest", access(named, "PMC"));
    }

    @Test
    void aStatementReplacesTheInheritedOneTargetByTarget() {
        PolicyModel policy = PolicySketch.policy("""
                policy A {
                    intercept enable, clear, status  read guest  write guest
                }
                policy P extends A {
                    intercept status  read guest | hardware & owned  write fault
                    hide clear
                    owns each counter while locally enabled
                }
                """);
        assertEquals("intercept read guest write guest", access(policy, "ENABLE"));
        assertEquals("hide", access(policy, "CLEAR"));
        assertEquals("intercept read (guest | (hardware & owned)) write fault", access(policy, "STATUS"));
        assertEquals("A", policy.access("ENABLE").orElseThrow().origin().declaredIn());
        assertEquals("P", policy.access("STATUS").orElseThrow().origin().declaredIn());
    }

    @Test
    void whatOwnedCountersReadAndWriteIsToldApart() {
        PolicyModel policy = PolicySketch.policy("""
                policy P {
                    owns each counter while programmed
                    intercept value     read hardware while owned else guest  write guest unchecked, hardware while owned
                    intercept selector  read ~(guest & 0xF) | host            write guest, hardware unchecked
                }
                """);
        assertEquals("intercept read hardware else guest write guest unchecked, hardware while owned", access(policy, "PMC"));
        assertEquals("intercept read (~(guest & 15) | host) write guest, hardware unchecked", access(policy, "SEL"));
    }

    @Test
    void elementsThatTheCpuLacksMayBeMissing() {
        PolicyModel policy = PolicySketch.policy("policy P for Base {\n missing msr PMC[2..5], msr SEL[4]\n missing msr WIDE_PMC[0..3]\n}\n");
        assertEquals(List.of(0xC5L, 0xC6L, 0x18AL), policy.missing().stream().map(missing -> missing.address()).toList());
    }
}
