package dev.vpmu.generator.machine.owning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How many accesses to hardware registers each path takes: RDMSR/WRMSR/RDPMC. The paths are {@link TrafficPath}'s; the host has no events.
 */
class MsrTrafficTest {

    private static final List<String> POLICIES = List.of(Stage.INTENDED, Stage.POSTED, "EventOriented", "EventOriented2018");

    /** By path, the shipped policies in the order of {@link #POLICIES}. */
    private static final String SHIPPED = """
            FIRST_ENABLE     0/4/0  1/3/0  0/4/0   0/4/0
            FIXED_INTERRUPT  0/0/0  3/3/0  0/0/0   0/0/0
            FIXED_ENABLE     1/4/0  2/1/0  1/7/1   1/7/1
            COUNTER_WRITE    0/1/0  1/1/0  0/5/2   0/0/1
            SELECTOR_READ    0/0/0  1/0/0  0/0/0   0/0/0
            GLOBAL_TOGGLE    0/0/0  2/0/0  2/17/3  2/17/5
            STATUS_READ      1/0/0  1/0/0  0/0/0   0/0/0
            RDPMC            0/0/1  1/0/1  0/0/1   0/0/1
            ENTRY            0/1/0  1/1/0  0/1/0   0/1/0
            EXIT             0/1/0  0/1/0  0/1/0   0/1/0
            PMI              2/3/0  3/3/0  4/14/3  4/14/4
            OVF_CTRL         1/0/0  1/0/0  0/0/0   0/0/0
            OUT              2/6/2  2/2/0  1/4/2   1/4/2
            IN               1/8/0  1/6/0  1/6/0   1/6/0
            PUT              2/4/2  0/0/0  0/0/0   0/0/0
            LOAD             1/6/0  0/0/0  0/0/0   0/0/0
            FIXED_DISABLE    2/2/1  3/1/0  1/3/1   1/3/2
            DISABLE          1/2/1  2/1/0  0/3/1   0/3/2
            OTHER_SELECTOR   0/0/0  1/1/0  0/0/0   0/0/0
            EMULATED         0/1/1  1/0/0  2/7/1   0/0/0
            """;

    /** One more read before each entry. */
    private static final String SAMPLED = "FIRST_ENABLE 1/4/0, FIXED_INTERRUPT 1/0/0, FIXED_ENABLE 2/4/0, COUNTER_WRITE 1/1/0, SELECTOR_READ 1/0/0, GLOBAL_TOGGLE 2/0/0, "
            + "STATUS_READ 2/0/0, RDPMC 1/0/1, ENTRY 1/1/0, PMI 3/3/0, OVF_CTRL 2/0/0, FIXED_DISABLE 3/2/1, DISABLE 2/2/1, OTHER_SELECTOR 1/0/0, EMULATED 1/1/1";

    /** What one line changes: stated before anything was measured. */
    private static final Map<String, String> CHANGES = new TreeMap<>(Map.of(
            "Unaccounted", "EMULATED 0/0/0",
            "SelectorsFromHardware", "SELECTOR_READ 1/0/0",
            "SavedByRdmsr", "OUT 4/6/0, PUT 4/4/0, FIXED_DISABLE 3/2/0, DISABLE 2/2/0",
            "RestoredIfChanged", "FIRST_ENABLE 0/4/1, FIXED_ENABLE 1/3/1, IN 1/8/2, LOAD 1/6/2",
            "SampledEnables", SAMPLED,
            "SwitchedByInstructions", "FIRST_ENABLE 0/6/0, FIXED_INTERRUPT 0/2/0, FIXED_ENABLE 1/6/0, COUNTER_WRITE 0/3/0, SELECTOR_READ 0/2/0, GLOBAL_TOGGLE 0/4/0, "
                    + "STATUS_READ 1/2/0, RDPMC 0/2/1, PMI 2/5/0, OVF_CTRL 1/2/0, FIXED_DISABLE 2/4/1, DISABLE 1/4/1, OTHER_SELECTOR 0/2/0, EMULATED 0/3/1",
            "OwnedWhileProgrammed", "FIXED_INTERRUPT 1/4/0, FIXED_ENABLE 1/1/0",
            "SampledPrecise", SAMPLED,
            "ClearedBeforeRestored", "FIRST_ENABLE 0/5/0, FIXED_ENABLE 1/5/0, IN 1/10/0, LOAD 1/8/0",
            "StatusClearedOnReturn", "OUT 2/7/2, PUT 2/5/2, FIXED_DISABLE 2/3/1, DISABLE 1/3/1"));

    static Stream<Arguments> shipped() {
        return POLICIES.stream().flatMap(policy -> OwnedCpu.each().map(cpu -> arguments(policy, cpu)));
    }

    @ParameterizedTest(name = "{0} takes what the table says on each path, on {1}")
    @MethodSource("shipped")
    void ofShippedPolicies(String policy, OwnedCpu cpu) {
        assertEquals(text(table(policy)), text(measured(cpu, policy)));
    }

    static Stream<Arguments> changes() {
        return CHANGES.entrySet().stream().map(change -> arguments(change.getKey(), change.getValue()));
    }

    @ParameterizedTest(name = "the one line of {0} changes: {1}")
    @MethodSource("changes")
    void ofOneLine(String policy, String change) {
        Map<TrafficPath, String> expected = table(Stage.INTENDED);
        for (String row : change.split(", ")) {
            String[] parts = row.split(" ");
            assertNotEquals(parts[1], expected.put(TrafficPath.valueOf(parts[0]), parts[1]), row);
        }
        assertEquals(text(expected), text(measured(OwnedCpu.oneLine(), policy)));
    }

    private static Map<TrafficPath, String> table(String policy) {
        Map<TrafficPath, String> table = new TreeMap<>();
        for (String line : SHIPPED.lines().toList()) {
            List<String> words = new ArrayList<>(List.of(line.split(" +")));
            table.put(TrafficPath.valueOf(words.remove(0)), words.get(POLICIES.indexOf(policy)));
        }
        return table;
    }

    private static Map<TrafficPath, String> measured(OwnedCpu cpu, String policy) {
        Map<TrafficPath, String> table = new TreeMap<>();
        TrafficPath.measure(Stage.with(cpu, policy)).forEach((path, count) -> table.put(path, count.toString()));
        return table;
    }

    private static String text(Map<TrafficPath, String> table) {
        return table.entrySet().stream().map(row -> row.getKey() + " " + row.getValue()).collect(Collectors.joining("\n"));
    }
}
