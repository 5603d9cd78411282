package dev.vpmu.testing.policies;

import org.junit.jupiter.api.Test;

/** What policies can name. */
class PolicyNamesTest {

    @Test
    void aPolicySeesRegistersAndCapabilitiesOfThePmuThatItIsFor() {
        PolicySketch.check("P", """
                policy P for Base {
                    requires capability wide, wides  //! PMU0001 "wides" capability 'wides' is not known here; did you mean 'wide'?
                    hide msr PMCS                    //! PMU0001 "PMCS" register 'PMCS' is not known here; did you mean 'PMC'?
                    lacks controls
                }
                """);
    }

    @Test
    void whatAPolicyIsForIsInherited() {
        PolicySketch.check("P", PolicyRulesTest.OWNING + "policy P extends Owning {\n hide msr FROM\n lacks wide\n}\n");
    }

    @Test
    void aPolicyForNothingNamesRolesOnly() {
        PolicySketch.check("P", """
                policy P {
                    hide value, msr PMC  //! PMU0001 "PMC" register 'PMC' is not known here; write 'for' and the pmu that has it
                    lacks wide           //! PMU0001 "wide" capability 'wide' is not known here; write 'for' and the pmu that has it
                }
                """);
    }

    @Test
    void whatFollowsFromAMissingNameIsNotSaid() {
        PolicySketch.check("P", "policy P extends Q {  //! PMU0001 \"Q\" policy 'Q' is not known here\n hide msr PMC\n lacks wide\n}\n");
        PolicySketch.check("P", "policy P for Bases {  //! PMU0001 \"Bases\" pmu 'Bases' is not known here; did you mean 'Base'?\n hide msr PMC\n}\n");
    }

    @Test
    void aPolicyThatIsNotThere() {
        PolicySketch.check("Ownings  //! PMU0001 \"Ownings\" policy 'Ownings' is not known here; did you mean 'Owning'?\n", PolicyRulesTest.OWNING);
    }

    @Test
    void policiesDoNotExtendThemselves() {
        PolicySketch.check("Owning", PolicyRulesTest.OWNING + """
                policy A extends B {  //! PMU0006 "B" policy 'A' extends itself, for it extends policy 'B'
                }
                policy B extends A {
                }
                """);
    }

    @Test
    void aPackageHasOnePolicyOfAName() {
        PolicySketch.check("Owning", PolicyRulesTest.OWNING + "policy X {  //! PMU0002 \"X\" the package already has cpu 'X'\n}\n");
    }

    @Test
    void aCpuListsItsPoliciesOnce() {
        PolicySketch.check("Owning\npolicies Owning  //! PMU0002 \"policies\" 'X' already says 'policies'", PolicyRulesTest.OWNING);
    }

    @Test
    void aListNamesAPolicyOnce() {
        PolicySketch.check("Owning, Owning  //! PMU0002 \"Owning\" 'X' already lists a policy 'Owning'; remove one of the two\n", PolicyRulesTest.OWNING);
    }
}
