package dev.vpmu.generator.perf.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExhaustiveSearchTest {

    private static final int MANY = Long.SIZE;

    private static Demand on(long counters) {
        return new Demand("event", List.of(way(counters, "", 0)), false);
    }

    private static Demand pair(long counters) {
        return new Demand("pair", List.of(new Way(counters, 0, Optional.of(0L), Optional.empty(), 0)), false);
    }

    private static Way way(long counters, String register, long value) {
        return new Way(counters, 0, Optional.empty(), Optional.of(register).filter(name -> !name.isEmpty()), value);
    }

    private static Demand either(long value, long counters, String first, String second) {
        return new Demand("either", List.of(way(counters, first, value), way(counters, second, value)), false);
    }

    /** Searches, and has what it finds checked. */
    private static boolean isFound(long general, int mostGeneral, Demand... demands) {
        Optional<List<ExhaustiveSearch.Place>> places = ExhaustiveSearch.places(List.of(demands), general, mostGeneral);
        places.ifPresent(found -> assertEquals(Optional.empty(), AssignmentCheck.problem(List.of(demands),
                found.stream().map(ExhaustiveSearch.Place::counter).toList(), general, mostGeneral)));
        return places.isPresent();
    }

    @Test
    void findsWhatGoingBackFinds() {
        assertTrue(isFound(-1, MANY, on(0b001001), on(0b000111), on(0b000111), on(0b000111), on(0b111000), on(0b111000)));
        assertFalse(isFound(-1, MANY, on(0b001001), on(0b000111), on(0b000111), on(0b000111), on(0b111000), on(0b111000), on(0b111000)));
    }

    @Test
    void twoEventsOnOneCounterAreOneTooMany() {
        assertTrue(isFound(-1, MANY, on(0b100), on(0b110)));
        assertFalse(isFound(-1, MANY, on(0b100), on(0b110), on(0b110)));
        assertFalse(isFound(-1, MANY, on(0)));
    }

    @Test
    void pairsTakeTheCounterBehind() {
        assertTrue(isFound(-1, MANY, pair(0b0101), on(0b0011), on(0b0010)));
        assertFalse(isFound(-1, MANY, pair(0b0001), on(0b0010)));
        assertFalse(isFound(-1, MANY, pair(0b0010), pair(0b0101)));
        assertTrue(isFound(-1, MANY, pair(0b0101), pair(0b0101)));
    }

    @Test
    void registersAreSharedByWhatWantsTheSameInThem() {
        assertTrue(isFound(-1, MANY, either(1, 0b111, "A", "B"), either(1, 0b111, "A", "B"), either(2, 0b111, "A", "B")));
        assertFalse(isFound(-1, MANY, either(1, 0b111, "A", "B"), either(3, 0b111, "A", "B"), either(2, 0b111, "A", "B")));
        assertTrue(isFound(-1, MANY, either(1, 0b111, "A", "A"), either(1, 0b111, "A", "A")));
    }

    @Test
    void onlySoManyGeneralCountersAreTaken() {
        assertTrue(isFound(0b0111, 1, on(0b0111), on(0b1111)));
        assertFalse(isFound(0b0111, 1, on(0b0111), on(0b0111)));
        assertFalse(isFound(0b0111, 1, pair(0b0011)));
    }

    @Test
    void findsAsManyAsTryingEveryOrderOfCounters() {
        SplittableRandom random = new SplittableRandom(7);
        int found = 0;
        for (int i = 0; i < 600; i++) {
            Demand[] demands = IntStream.range(0, random.nextInt(1, 6))
                    .mapToObj(event -> random.nextInt(5) == 0 ? pair(random.nextInt(16)) : on(random.nextInt(32))).toArray(Demand[]::new);
            boolean expected = tryAll(demands, new ArrayList<>(), 0b00111, 2);
            assertEquals(expected, isFound(0b00111, 2, demands), () -> List.of(demands).toString());
            found += expected ? 1 : 0;
        }
        assertTrue(found > 60 && found < 540, found + " of them");
    }

    private static boolean tryAll(Demand[] demands, List<Integer> counters, long general, int mostGeneral) {
        if (counters.size() == demands.length) {
            return AssignmentCheck.problem(List.of(demands), counters, general, mostGeneral).isEmpty();
        }
        for (int counter = 0; counter < 5; counter++) {
            counters.add(counter);
            boolean found = tryAll(demands, counters, general, mostGeneral);
            counters.remove(counters.size() - 1);
            if (found) {
                return true;
            }
        }
        return false;
    }

    @Test
    void checkSeesWhatIsWrong() {
        List<Demand> two = List.of(on(0b011), on(0b110));
        assertTrue(AssignmentCheck.problem(two, List.of(0, 1), -1, MANY).isEmpty());
        assertTrue(AssignmentCheck.problem(two, List.of(1, 1), -1, MANY).isPresent());
        assertTrue(AssignmentCheck.problem(two, List.of(2, 1), -1, MANY).isPresent());
        assertTrue(AssignmentCheck.problem(two, List.of(0), -1, MANY).isPresent());
        assertTrue(AssignmentCheck.problem(two, List.of(0, 1), 0b011, 1).isPresent());
        assertTrue(AssignmentCheck.problem(List.of(pair(0b01), on(0b10)), List.of(0, 1), -1, MANY).isPresent());
        assertTrue(AssignmentCheck.problem(List.of(either(1, 0b11, "A", "A"), either(2, 0b11, "A", "A")), List.of(0, 1), -1, MANY).isPresent());
        assertTrue(AssignmentCheck.problem(List.of(either(1, 0b11, "A", "B"), either(2, 0b11, "A", "B")), List.of(0, 1), -1, MANY).isEmpty());
    }

    @Test
    void smallerSetsStillShowIt() {
        assertEquals(List.of(3, 9), SmallerSets.smallest(List.of(1, 3, 5, 7, 9, 3), set -> set.contains(3) && set.contains(9)).stream().sorted().toList());
        assertEquals(List.of(1), SmallerSets.smallest(List.of(1), set -> true));
    }
}
