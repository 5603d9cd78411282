package dev.vpmu.generator.perf.conservation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.generator.hardware.naive.NaiveStep;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HappeningsTest {

    private static final int DRAWS = 3_000;
    private static final long LONGEST = 200;

    @Test
    void occurrencesAreWhatWalkingThroughTheCyclesGives() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DRAWS; i++) {
            Part part = Part.of(random);
            assertEquals(part.walk().map(cycle -> part.pattern.in(cycle, part.length)).sum(),
                    Happenings.occurrences(part.pattern, part.length, part.from, part.to), part::toString);
        }
    }

    @Test
    void cyclesAboveAThresholdAreWhatWalkingThroughThemGives() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < DRAWS; i++) {
            Part part = Part.of(random);
            long threshold = random.nextLong(1, 5);
            boolean invert = random.nextBoolean();
            boolean equal = random.nextBoolean();
            assertEquals(part.walk().filter(cycle -> {
                long n = part.pattern.in(cycle, part.length);
                return (equal ? n == threshold : n >= threshold) != invert;
            }).count(), Happenings.cycles(part.pattern, part.length, threshold, invert, equal, part.from, part.to), part::toString);
        }
    }

    @Test
    void aClockTicksAsOftenAsItsFrequencySays() {
        assertEquals(0, Happenings.ticks(1, 3, 0, 2));
        assertEquals(1, Happenings.ticks(1, 3, 2, 3));
        assertEquals(10, Happenings.ticks(2_000, 3_000, 30, 45));
        assertEquals(40, Happenings.ticks(4, 1, 5, 15));
    }

    private record Part(NaiveStep.Pattern pattern, long length, long from, long to) {

        static Part of(SplittableRandom random) {
            long length = random.nextLong(1, LONGEST);
            long period = random.nextLong(1, LONGEST);
            NaiveStep.Pattern pattern = random.nextBoolean() ? new NaiveStep.Uniform(random.nextLong(4 * length))
                    : new NaiveStep.Run(random.nextLong(5), random.nextLong(period + 1), period);
            long from = random.nextLong(length + 1);
            return new Part(pattern, length, from, random.nextLong(from, length + 1));
        }

        LongStream walk() {
            return LongStream.range(from, to);
        }
    }
}
