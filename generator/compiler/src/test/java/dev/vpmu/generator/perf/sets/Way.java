package dev.vpmu.generator.perf.sets;

import java.util.Optional;

/**
 * One way to count an event.
 *
 * @param counters the counters that can hold it so, a global mask
 * @param selector what the selector must say: code, unit mask, modifiers
 * @param partner what the selector of the next counter must say, which is taken too
 * @param register the extra register that it needs
 * @param value what must be in it
 */
record Way(long counters, long selector, Optional<Long> partner, Optional<String> register, long value) {

    /** The counters it takes when it is on a counter. */
    long takes(int counter) {
        return (partner.isPresent() ? 3L : 1L) << counter;
    }

    boolean allows(int counter) {
        return (counters >>> counter & 1) != 0;
    }
}
