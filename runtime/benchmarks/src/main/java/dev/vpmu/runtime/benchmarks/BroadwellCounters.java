package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.Beat;
import dev.vpmu.runtime.hardware.Pattern;
import dev.vpmu.runtime.hardware.Step;

/** The counters of Broadwell-EP by hand: which of them count in a stretch of work, and how far. */
abstract class BroadwellCounters {

    static final int WIDTH = 48;
    static final long COUNTER = (1L << WIDTH) - 1;

    private static final int EVERY_SELECTOR = 0x1FF;
    private static final int BUS_RATIO = 22;
    private static final Pattern EVERY_CYCLE = new Beat(1, 1);
    private static final Pattern BUS_CLOCK = new Beat(1, BUS_RATIO);

    /** Every register's word, where {@link BroadwellRegisterMap} has it. */
    final long[] words = new long[BroadwellRegisterMap.WORDS];
    /** Of the selectors and the fixed counters' control those that {@link #selectors} has not seen yet. */
    int written;
    final BroadwellSelectors selectors = new BroadwellSelectors();
    /** The counters whose condition held in the last cycle, of those that look for edges. */
    int edges;
    /** Cycles since reset, but for multiples of the bus's ratio. */
    private long coreCycle;

    /** Counters as after power-on, once the registers are. */
    final void resetCounters() {
        written = EVERY_SELECTOR;
        edges = 0;
        coreCycle = 0;
    }

    /** The counters that count in a step as things are. */
    final int counting(Step step, boolean ofSibling) {
        if (written != 0) {
            selectors.read(words, written);
            written = 0;
        }
        return selectors.counting(step, ofSibling) & enabled();
    }

    /** Lets the clocks go on. */
    final void tick(long cycles) {
        coreCycle += cycles;
        if (coreCycle > Pattern.LONGEST) {
            coreCycle %= BUS_RATIO;
        }
    }

    /** The counters that the global control lets count. */
    private int enabled() {
        long control = words[BroadwellRegisterMap.GLOBAL_CTRL];
        return (int) control | (int) (control >>> 32) << BroadwellRegisterMap.FIXED_CTR;
    }

    /**
     * Lets counters count cycles {@code from} to before {@code to}. Counters that overflow are left with the carry above their width.
     *
     * @return bits that one of the counters has, or had
     */
    final long count(Step step, int counting, int before, long from, long to) {
        long[] words = this.words;
        long all = 0;
        edges = 0;
        int plain = counting & selectors.occurrences;
        long[] events = selectors.events;
        if ((plain & 1) != 0) {
            all |= words[0] += step.pattern(events[0]).occurrences(from, to);
        }
        if ((plain & 2) != 0) {
            all |= words[1] += step.pattern(events[1]).occurrences(from, to);
        }
        if ((plain & 4) != 0) {
            all |= words[2] += step.pattern(events[2]).occurrences(from, to);
        }
        if ((plain & 8) != 0) {
            all |= words[3] += step.pattern(events[3]).occurrences(from, to);
        }
        if ((plain & 16) != 0) {
            all |= words[4] += step.pattern(events[4]).occurrences(from, to);
        }
        if ((plain & 32) != 0) {
            all |= words[5] += step.pattern(events[5]).occurrences(from, to);
        }
        if ((plain & 64) != 0) {
            all |= words[6] += step.pattern(events[6]).occurrences(from, to);
        }
        if ((plain & 128) != 0) {
            all |= words[7] += step.pattern(events[7]).occurrences(from, to);
        }
        if ((plain & 256) != 0) {
            all |= words[8] += step.pattern(events[8]).occurrences(from, to);
        }
        int clocks = counting & selectors.cycles;
        if ((clocks & 1 << 9) != 0) {
            all |= words[9] += to - from;
        }
        if ((clocks & 1 << 10) != 0) {
            all |= words[10] += to - from;
        }
        for (int left = clocks & 0xFF; left != 0; left &= left - 1) {
            all |= words[Integer.numberOfTrailingZeros(left)] += to - from;
        }
        for (int left = counting & ~(selectors.occurrences | selectors.cycles); left != 0; left &= left - 1) {
            int counter = Integer.numberOfTrailingZeros(left);
            all |= words[counter] += special(step, counter, before, from, to);
        }
        return all;
    }

    /** The counters that have a carry. */
    final int carries(int counting) {
        int carries = 0;
        for (int left = counting; left != 0; left &= left - 1) {
            int counter = Integer.numberOfTrailingZeros(left);
            carries |= words[counter] >>> WIDTH == 0 ? 0 : 1 << counter;
        }
        return carries;
    }

    /** Moves carries to the status. */
    final void overflow(int carries) {
        for (int left = carries; left != 0; left &= left - 1) {
            words[Integer.numberOfTrailingZeros(left)] &= COUNTER;
        }
        words[BroadwellRegisterMap.GLOBAL_STATUS] |= carries & 0xFF | (long) (carries >>> BroadwellRegisterMap.FIXED_CTR) << 32;
    }

    /** Undoes {@link #count} with the same arguments. */
    final void takeBack(Step step, int counted, int before, long from, long to) {
        for (int left = counted; left != 0; left &= left - 1) {
            int counter = Integer.numberOfTrailingZeros(left);
            if ((selectors.occurrences >>> counter & 1) != 0) {
                words[counter] -= step.pattern(selectors.events[counter]).occurrences(from, to);
            } else if ((selectors.cycles >>> counter & 1) != 0) {
                words[counter] -= to - from;
            } else {
                words[counter] -= special(step, counter, before, from, to);
            }
        }
    }

    private Pattern pattern(Step step, int counter) {
        return step.pattern(selectors.events[counter], words[selectors.extras[counter]]);
    }

    private Pattern anyPattern(Step step, int counter) {
        int bit = 1 << counter;
        return (selectors.coreClock & bit) != 0 ? EVERY_CYCLE : (selectors.busClock & bit) != 0 ? BUS_CLOCK : pattern(step, counter);
    }

    /** How far the bus's clock, which goes on whatever the step, is ahead of the step. */
    private long ahead(int counter, long from) {
        return (selectors.busClock >>> counter & 1) != 0 ? coreCycle - from : 0;
    }

    private long special(Step step, int counter, int before, long from, long to) {
        Pattern pattern = anyPattern(step, counter);
        long condition = selectors.conditions[counter];
        long ahead = ahead(counter, from);
        int bit = 1 << counter;
        boolean edge = (selectors.edge & bit) != 0;
        if (edge && pattern.holds(condition, to - 1 + ahead)) {
            edges |= bit;
        }
        return pattern.count(condition, edge, (before & bit) != 0, from + ahead, to + ahead);
    }

    /** The end of the first cycle in which one of the counters, all of which are going to, overflows. */
    final long firstOverflow(Step step, int counters, int before, long from, long to) {
        long end = to;
        for (int left = counters; left != 0; left &= left - 1) {
            int counter = Integer.numberOfTrailingZeros(left);
            long ahead = ahead(counter, from);
            long cycle = anyPattern(step, counter).overflow(selectors.conditions[counter], (selectors.edge >>> counter & 1) != 0,
                    (before >>> counter & 1) != 0, COUNTER - words[counter], from + ahead, end + ahead) - ahead;
            end = Math.min(cycle + 1, end);
        }
        return end;
    }
}
