package dev.vpmu.testing.policies;

import org.junit.jupiter.api.Test;

/** What the rules about policies find, and above all what they leave alone. */
class PolicyRulesTest {

    /** A policy that no rule has anything against. */
    static final String OWNING = """
            policy Owning for Base {
                owns each counter while locally enabled
                maps to same counter
                forbids any thread
                pmi by callback
                intercept value      read hardware while owned else guest  write guest, hardware while owned
                intercept selector   read guest                            write guest, hardware while owned
                intercept enable     read guest                            write guest
                intercept status     read guest | hardware & owned         write fault
                intercept clear      read 0                                write guest, hardware & owned
                switch enable          entry guest & owned  exit host & ~owned  by controls
                switch precise enable  entry 0              exit host           by list
                on take      clear enable, clear status, restore value, restore selector
                on return    clear selector, save value, merge status, clear value
                on load      route pmi to guest, take remembered
                on put       remember owned, return owned, route pmi to host
                on conflict  move else rotate else evict
                on overflow  merge status, request pmi
                on reset     return owned, clear guest
            }
            """;

    private static void check(String statements) {
        PolicySketch.check("P", OWNING + "policy P extends Owning {\n" + statements + "\n}\n");
    }

    @Test
    void aPolicyThatIsRight() {
        PolicySketch.check("Owning", OWNING);
    }

    @Test
    void aPolicyThatNoCpuListsIsCheckedOnThePmuThatItIsFor() {
        PolicySketch.check("Owning", OWNING + "policy P extends Owning {\n on reset  clear guest  //! PMU0911 \"clear guest\" policy 'P' clears\n}\n");
    }

    @Test
    void whatIsExtendedOwesNothingByItself() {
        PolicySketch.check("P", OWNING.replace("    on reset     return owned, clear guest\n", "    on reset     clear guest\n")
                + "policy P extends Owning {\n on reset  return owned, clear guest\n}\n");
    }

    @Test
    void requirementsAddUpAndTheNearestVersionCounts() {
        PolicySketch.check("P, Q", "has wide", """
                policy A for Base {
                    requires version 3
                    requires capability records
                    requires usage, precise records, branch records
                }
                policy P extends A {
                    requires version 2
                    requires clear
                    allows PMU0910  because "this is about requirements"
                    allows PMU0807  because "this is about requirements"
                }
                policy Q for X {
                    requires capability wide
                    allows PMU0910  because "this is about requirements"
                }
                """);
    }

    @Test
    void aPolicyForAnotherPmu() {
        PolicySketch.check("P hypothetical //! PMU0807 \"P\" policy 'P' is for Other, which X does not extend\n //! PMU0913 \"hypothetical\" X meets all\n",
                "pmu Other {\n}\npolicy P for Other {\n allows PMU0910  because \"this is about the pmu\"\n}\n");
    }

    @Test
    void whatIsPassedThroughMayBeSwitchedInstead() {
        check("""
                passthrough msr LATENCY  //! PMU0902 "passthrough msr LATENCY" policy 'P' on X passes LATENCY through, but nothing restores or clears it
                """);
        check("passthrough msr LATENCY\n switch msr LATENCY  entry guest  exit host  by list\n");
        check("passthrough capabilities\n");
    }

    @Test
    void aStatusThatIsPassedThroughIsClearedWithItsClearRegister() {
        check("passthrough clear\n on take  restore status, restore value, restore selector\n"
                + " on return  merge status, clear selector, save value, clear value, clear clear\n");
    }

    @Test
    void aSwitchHasTwoSides() {
        check("switch msr LATENCY  exit host  by list  //! PMU0903 \"switch msr LATENCY  exit host  by list\" the switch says nothing for entry\n");
        check("switch msr LATENCY  by list  //! PMU0903 \"switch msr LATENCY  by list\" the switch says nothing for entry and exit\n");
    }

    @Test
    void entryBringsBackWhatTheGuestWrote() {
        check("switch enable  entry all & owned  exit 0  by list  //! PMU0904 \"switch enable  entry all & owned  exit 0  by list\" policy 'P'\n");
        check("hide enable\n switch enable  entry owned  exit 0  by list\n");
    }

    @Test
    void whatAPolicyHidesNeedNotBeCleared() {
        check("hide msr FIXED, msr FIXED_CTRL\n on return  clear msr SEL, merge status, save msr PMC, clear msr WIDE_PMC\n");
        check("""
                on return  clear selector, clear value, merge status, save value  //! PMU0905 "clear value" policy 'P' on X clears a counter
                """);
    }

    @Test
    void whereEverythingIsOwnedWhileLoadedPutReturnsIt() {
        check("owns all counters while loaded\n on return  nothing\n on load  take all, route pmi to guest\n"
                + " on put  clear selector, save value, merge status, clear value, return owned, route pmi to host\n");
    }

    @Test
    void ownedIsAMaskOrAQuestion() {
        check("""
                intercept msr FIXED_CTRL  read guest & owned  write guest, hardware while owned  //! PMU0906 "owned" FIXED_CTRL is no word
                """);
        check("""
                intercept control  read guest  write guest, hardware while owned  //! PMU0906 "hardware while owned" DEBUGCTL does not belong
                """);
        check("switch msr LATENCY  entry guest & owned  exit host  by list  //! PMU0906 \"owned\" LATENCY is no word\n hide precise latency\n");
    }

    @Test
    void theValueComesBeforeTheSelectorInEveryMomentThatRestores() {
        check("on sched in  restore msr SEL, restore msr WIDE_PMC  //! PMU0907 \"restore msr SEL\" policy 'P' on X restores the selector\n");
        check("on sched in  restore selector\n on take  restore value\n");
    }

    @Test
    void oneSubjectOnce() {
        check("""
                hide branch records, branch source  //! PMU0908 "branch source" policy 'P' already says what happens to 'branch source'
                hide msr PMC, value
                share msr PMC because "x"           //! PMU0908 "msr PMC" policy 'P' already says what happens to 'msr PMC'
                switch msr LATENCY  entry 0  exit host  by list  when controls
                switch msr LATENCY  entry 0  exit host  by list  unless controls
                leave precise latency
                leave precise latency               //! PMU0908 "precise latency" policy 'P' already says how to switch 'precise latency'
                on put and sched out  return owned
                on sched out  nothing               //! PMU0908 "on sched out  nothing" policy 'P' already says what is done on sched out
                filters events
                filters no events                   //! PMU0908 "filters no events" policy 'P' already says that
                """);
    }

    @Test
    void anyFormThatTakesTheOwnedCountersOutWillDo() {
        check("switch enable  entry guest & owned  exit ~(owned | guest-only) & (host | hardware)  by list\n");
        check("switch enable  entry guest & owned  exit 0  saving  by list\n");
        check("switch enable  entry guest & owned  exit host & ~owned | 0x4  by list  "
                + "//! PMU0909 \"switch enable  entry guest & owned  exit host & ~owned | 0x4  by list\" policy 'P' on X leaves\n");
    }

    @Test
    void theGuestsOwnPreciseRecordsMayStay() {
        check("switch precise enable  entry guest  exit host  by list\n");
        check("switch precise enable  entry guest | host & host-only  exit host  by list  "
                + "//! PMU0910 \"switch precise enable  entry guest | host & host-only  exit host  by list\" policy 'P' on X lets PEBS\n");
        check("leave precise enable  //! PMU0908 \"precise enable\" policy 'P' already\n switch precise enable  entry 0  exit host  by list\n"
                .replace("leave precise enable  //! PMU0908 \"precise enable\" policy 'P' already\n", ""));
    }

    @Test
    void aResetThatReturnsNothing() {
        check("on reset  clear guest  //! PMU0911 \"clear guest\" policy 'P' on X clears the guest's registers\n");
        check("on reset  nothing\n");
    }

    @Test
    void anOverflowHasAWay() {
        check("pmi by event  //! PMU0912 \"pmi by event\" policy 'P' on X waits for a host event\n");
        check("on load  take remembered  //! PMU0912 \"on load  take remembered\" policy 'P' on X never tells\n");
        check("on load  take remembered\n on sched in  route pmi to guest\n");
        check("on overflow  merge status  //! PMU0912 \"on overflow  merge status\" policy 'P' on X asks for no PMI\n");
        check("on overflow  request pmi always  //! PMU0912 \"on overflow  request pmi always\" policy 'P' on X does not put overflows\n");
    }

    @Test
    void whoOwnsNothingTakesNothing() {
        PolicySketch.check("P", """
                policy P {
                    owns no counter
                    pmi by event
                    intercept value  read events  write guest, hardware  //! PMU0918 "intercept value  read events  write guest, hardware" policy 'P'
                    switch precise enable  entry 0  exit host  by list
                    on load      take all                                //! PMU0918 "take all" policy 'P' owns no counter, so this step
                    on reset     clear guest
                    on sched in  release idle
                    on conflict  move                                    //! PMU0918 "on conflict  move" policy 'P' owns no counter, so nothing
                }
                """);
    }

    @Test
    void whoOwnsCountersHasNoHostEvents() {
        check("""
                intercept enable  read events  write guest  //! PMU0918 "intercept enable  read events  write guest" policy 'P' owns counters
                reprogram at once by resuming               //! PMU0918 "reprogram at once by resuming" policy 'P' owns counters
                on sched in  release idle                   //! PMU0918 "release idle" policy 'P' owns counters
                """);
    }

    @Test
    void aPmiIsAskedForWhenACounterHasOverflowedOnly() {
        check("""
                on load      route pmi to guest, take remembered, request pmi  //! PMU0920 "request pmi" policy 'P' on X asks for a PMI on load
                on exit      request pmi always  //! PMU0920 "request pmi always" policy 'P' on X asks for a PMI on exit, where no counter has overflowed
                on overflow  merge status, request pmi always
                """);
        PolicySketch.check("P", """
                policy P {
                    owns no counter
                    pmi by event
                    switch precise enable  entry 0  exit host  by list
                    on sched in  request pmi  //! PMU0920 "request pmi" policy 'P' on X asks for a PMI on sched in, where no counter has overflowed
                }
                """);
    }

    @Test
    void anOverflowIsNoMomentForAnythingElse() {
        check("on overflow  merge status, return owned, request pmi  //! PMU0920 \"return owned\" policy 'P' on X does more on overflow\n");
        check("on exit      merge status\n on put  merge status, remember owned, return owned, route pmi to host\n");
    }
}
