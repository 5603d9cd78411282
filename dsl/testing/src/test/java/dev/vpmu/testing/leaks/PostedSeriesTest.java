package dev.vpmu.testing.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The series as it was posted, with the defects of domain.md §6.5 that move bits where they do not belong. */
class PostedSeriesTest {

    private static List<String> found;

    @BeforeAll
    static void withoutAllowances() {
        found = Leaking.posted(Leaking.THREE, false);
    }

    @Test
    void itsAllowancesLetItThrough() {
        assertEquals(List.of(), Leaking.posted(Leaking.THREE, true));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("without allowances each defect is reported at its place")
    @CsvSource(delimiter = '|', textBlock = """
            D1:  an event is overlooked                 | PMU0916 | RegisterOrientedAsPosted  | IA32_PMC, IA32_FIXED_CTR: | a counter on which a host event still counts
            D6:  unowned selectors are written         | PMU0916 | intercept selector        | IA32_PERFEVTSEL           | of a counter that the host uses is written
            D7:  selectors stay                        | PMU0901 | on return                 | IA32_PERFEVTSEL           | still holds the guest's selector of a counter that the host uses again
            D7:  counts stay                           | PMU0901 | on return                 | IA32_PMC                  | still holds the guest's count of a counter that the host uses again
            D8:  counting begins before entry          | PMU0901 | on take                   | IA32_PERFEVTSEL           | counts what the host does
            D9:  32 bits are restored                  | PMU0915 | restore msr IA32_PMC      | IA32_PMC:                 | loses bits on its way
            D11: any thread                            | PMU0917 | intercept selector        | IA32_PERFEVTSEL.any       | what the sibling thread does
            D14: the first PMI                         | PMU0915 | on load                   | IA32_PERF_GLOBAL_STATUS   | tells nobody
            D15: user space and migration              | PMU0901 | on put                    | IA32_PMC                  | after put (in user space), after migration
            D17: status is not shown                   | PMU0915 | intercept status          | IA32_PERF_GLOBAL_STATUS   | does not find its status bit, which is in the hardware
            D18: clear does not reach                  | PMU0915 | intercept clear           | IA32_PERF_GLOBAL_STATUS   | stays set in the hardware
            D21: a reset saves back                    | PMU0915 | on reset                  | IA32_PMC                  | from before the reset
            D22: precise records stay on               | PMU0914 | RegisterOrientedAsPosted  | IA32_PEBS_ENABLE          | the host's precise (PEBS) records go on
            """)
    void eachDefectAtItsPlace(String defect, String id, String place, String register, String text) {
        assertTrue(found.stream().anyMatch(finding -> finding.startsWith(id + " [" + place) && finding.contains(register) && finding.contains(text)),
                () -> defect + " is not in\n" + String.join("\n", found));
    }
}
