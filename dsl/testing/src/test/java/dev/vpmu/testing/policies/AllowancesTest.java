package dev.vpmu.testing.policies;

import org.junit.jupiter.api.Test;

/** What {@code allows} lets through, and what becomes of allowances that let nothing through. */
class AllowancesTest {

    private static final String LEAKY = PolicyRulesTest.OWNING.replace("Owning", "Leaky").replace("save value, merge status, clear value", "save value");

    @Test
    void whatIsAllowedIsNotReported() {
        PolicySketch.check("Leaky", LEAKY.replace("    on take ", """
                    allows PMU0905  because "a study"
                    allows PMU0912  because "a study"
                    on take """));
    }

    @Test
    void oneAllowanceIsForOneRule() {
        PolicySketch.check("Leaky", LEAKY.replace("    on return    clear selector, save value", """
                    allows PMU0905  because "a study"
                    on return    clear selector, save value  //! PMU0912 "on return    clear selector, save value" policy 'Leaky' on X returns"""));
    }

    @Test
    void whatAChildAllowsStaysAnErrorOfTheParent() {
        PolicySketch.check("Leaky, P", LEAKY.replace("    on return    clear selector, save value", """
                    allows PMU0912  because "a study"
                    on return    clear selector, save value  //! PMU0905 "on return    clear selector, save value" policy 'Leaky' on X returns""")
                + "policy P extends Leaky {\n allows PMU0905  because \"a study\"\n}\n");
    }

    @Test
    void anInheritedAllowanceLetsTheChildThroughToo() {
        PolicySketch.check("P", LEAKY.replace("    on take ", """
                    allows PMU0905  because "a study"
                    allows PMU0912  because "a study"
                    on take """) + "policy P extends Leaky {\n}\n");
    }

    @Test
    void whatIsFoundInAFileIsLetThroughToo() {
        PolicySketch.check("P", PolicyRulesTest.OWNING + """
                policy P extends Owning {
                    switch msr LATENCY  entry 0  by list
                    allows PMU0903  because "a study"
                }
                """);
    }

    @Test
    void anAllowanceThatLetsNothingThroughIsAnErrorWhenAllElseIsRight() {
        PolicySketch.check("P", PolicyRulesTest.OWNING + """
                policy P extends Owning {
                    allows PMU0905  because "x"  //! PMU0919 "allows PMU0905  because \\"x\\"" PMU0905 finds nothing that this could let through
                }
                """);
        PolicySketch.check("P", PolicyRulesTest.OWNING + """
                policy P extends Owning {
                    allows PMU0905  because "x"
                    on reset  clear guest        //! PMU0911 "clear guest" policy 'P' on X clears
                }
                """);
    }

    @Test
    void anAllowanceOfAPolicyThatNoCpuListsIsNotJudged() {
        PolicySketch.check("Owning", PolicyRulesTest.OWNING + "policy P extends Owning {\n allows PMU0905  because \"x\"\n}\n");
    }

    @Test
    void whatIsNoRuleCannotBeAllowed() {
        PolicySketch.check("Owning", PolicyRulesTest.OWNING + """
                policy P extends Owning {
                    allows PMU9905  because "x"  //! PMU0919 "allows PMU9905  because \\"x\\"" no rule is called PMU9905
                }
                """);
    }
}
