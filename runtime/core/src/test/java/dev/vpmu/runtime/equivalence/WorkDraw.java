package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;
import java.util.SplittableRandom;

/** Draws work, of guests and of hosts. */
final class WorkDraw {

    static final long INSTRUCTIONS = Step.event(0xC0, 0);
    static final long CYCLES = Step.event(0x3C, 0);
    /** What occurs; cycles need not be named. */
    private static final long[] EVENTS = {INSTRUCTIONS, Step.event(0xC4, 0), Step.event(0xC5, 0), Step.event(0x2E, 0x41), Step.event(0xA4, 1)};

    static final int LONGEST = 400;

    private final SplittableRandom random;

    WorkDraw(SplittableRandom random) {
        this.random = random;
    }

    /** What a counter can count that something happens to: code and unit mask as a selector has them. */
    long event() {
        int which = random.nextInt(EVENTS.length + 2);
        long event = which == 0 || which > EVENTS.length ? INSTRUCTIONS : which == EVENTS.length ? CYCLES : EVENTS[which];
        return event >>> Integer.SIZE | (event & 0xFF) << Byte.SIZE;
    }

    /** As steps name it. */
    static long named(long selected) {
        return Step.event((int) (selected & 0xFF), (int) (selected >>> Byte.SIZE & 0xFF));
    }

    /** A step in words. */
    static String text(Step step) {
        StringBuilder text = new StringBuilder(step.cycles() + " in ring " + step.ring() + " " + step.transaction());
        for (long event : EVENTS) {
            text.append(String.format(", %X:%02X %d", event >>> Integer.SIZE, event & 0xFF, step.pattern(event).occurrences(0, step.cycles())));
        }
        return text.toString();
    }

    Step step() {
        long cycles = 1 + random.nextInt(random.nextInt(4) == 0 ? 6 : LONGEST);
        Step.Builder step = Step.of(cycles).ring(random.nextInt(3) == 0 ? 3 : 0);
        if (random.nextInt(12) == 0) {
            step.transaction(TransactionState.values()[random.nextInt(3)]);
        }
        for (long event : EVENTS) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    long period = 1 + random.nextInt(12);
                    step.run(event, 1 + random.nextInt(3), random.nextLong(period + 1), period);
                }
                case 1, 2 -> step.uniform(event, random.nextLong(3 * cycles + 1));
                default -> { }
            }
        }
        return step.build();
    }
}
