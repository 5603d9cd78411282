package dev.vpmu.cpus.reservation;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.perf.EventAttributes;

/** What a Broadwell can count, and how often it occurs in one piece of the tests' work: so that counts tell events apart. */
enum Work {
    /** Fixed counter 1, or any general-purpose one. */
    CYCLES(0x003C, 1000),
    /** Fixed counter 0, or any general-purpose one. */
    INSTRUCTIONS(0x00C0, 700),
    /** Fixed counter 2 only. */
    REFERENCE_CYCLES(0x0300, 1000),
    /** Any general-purpose counter. */
    BRANCHES(0x00C4, 200),
    /** Any general-purpose counter. */
    MISSES(0x412E, 40),
    /** General-purpose counters 0 to 3 by the constraints. */
    LOADS(0x81D0, 90),
    /** General-purpose counter 2 only. */
    PENDING(0x0148, 310);

    static final long CYCLES_OF_WORK = 1000;

    /** A piece of work in the kernel, and one in user mode. */
    static final Step IN_KERNEL = step(0);
    static final Step IN_USER_MODE = step(3);

    final long selector;
    final long each;

    Work(long selector, long each) {
        this.selector = selector;
        this.each = each;
    }

    /** Asks for it. */
    EventAttributes.Builder attributes() {
        return EventAttributes.of(name(), selector);
    }

    private static Step step(int ring) {
        Step.Builder step = Step.of(CYCLES_OF_WORK).ring(ring);
        for (Work work : values()) {
            if (work != CYCLES && work != REFERENCE_CYCLES) {
                step.uniform(Step.event((int) work.selector & 0xFF, (int) work.selector >> 8), work.each);
            }
        }
        return step.build();
    }
}
