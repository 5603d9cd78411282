package dev.vpmu.cpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.ModelRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Users' own rules: a class that implements ModelRule, and its name in META-INF/services. */
class HouseRuleTest {

    /** In this house CPUs that do not count in 48 bits say so in their name. */
    public static final class NarrowCounters implements ModelRule {

        @Override
        public RuleFacts facts() {
            return new RuleFacts("HOUSE1", Severity.WARNING, "A CPU with narrow counters is called so.");
        }

        @Override
        public void check(CpuModel cpu, Findings findings) {
            cpu.banks().stream().filter(bank -> bank.width() > 0 && bank.width() < 48 && !cpu.name().contains("Narrow"))
                    .forEach(bank -> findings.report(bank.origin().place(), "bank '" + bank.name() + "' has " + bank.width() + " bits", cpu.origin().place()));
        }
    }

    @Test
    void aRuleOfTheUsersOwnIsFoundAndReportsAtThePlaceThatTheModelNames() throws IOException {
        List<Source> models = new java.util.ArrayList<>(ShippedModelsTest.sources());
        models.add(new Source("own.pmu", """
                package own
                import vpmu.intel.arch.*
                cpu Small extends ArchPerfmonV3 {
                    signature GenuineIntel family 6 model 0xF0
                    counters gp     [0..3]  width 40 bits
                    counters fixed  [0..2]  width 48 bits
                    has pdcm
                }
                """));
        CheckResult result = PmuChecker.standalone().check(models);
        assertEquals(List.of("own.pmu:5:5: warning HOUSE1: bank 'gp' has 40 bits (see own.pmu:3:5)"),
                result.findings().stream().filter(finding -> finding.id().equals("HOUSE1")).map(result::show).toList());
    }
}
