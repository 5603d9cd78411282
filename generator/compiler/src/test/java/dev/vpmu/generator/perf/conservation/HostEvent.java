package dev.vpmu.generator.perf.conservation;

import static dev.vpmu.generator.perf.conservation.Wanted.Flag.NOT_IN_HOST;
import static dev.vpmu.generator.perf.conservation.Wanted.Flag.NOT_IN_KERNEL;
import static dev.vpmu.generator.perf.conservation.Wanted.Flag.NOT_IN_USER;
import static dev.vpmu.generator.perf.conservation.Wanted.Flag.PINNED;

import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import java.math.BigInteger;

/** An event that has been opened, and what the work alone says that it must have been told. */
final class HostEvent {

    private final Wanted wanted;
    private final PerfEvent event;
    private final SampleBook book;
    private final FrequencyBook frequencies;
    /** Its leader; itself if it leads. */
    private HostEvent leader;
    private boolean enabled;

    /* As it was when somebody last looked. */
    private State state;
    private boolean here;
    private boolean throttled;

    /** What the work contained while it was enabled and its context ran. */
    private long contained;
    /** Of this, what it was there to count. */
    private long counted;
    private long enabledNanos;
    private long runningNanos;
    private long switches;
    private boolean waited;
    private boolean stopped;
    private long samples;
    private boolean sampled;

    HostEvent(Wanted wanted, PerfEvent event, HostEvent leader) {
        this.wanted = wanted;
        this.event = event;
        this.leader = leader == null ? this : leader;
        this.enabled = !wanted.has(Wanted.Flag.DISABLED);
        this.state = event.state();
        this.book = wanted.period() == 0 ? null : new SampleBook(wanted.period(), Math.max(2, wanted.what().leastPeriod()));
        this.frequencies = wanted.frequency() == 0 ? null : new FrequencyBook();
    }

    Wanted wanted() {
        return wanted;
    }

    PerfEvent event() {
        return event;
    }

    HostEvent leader() {
        return leader;
    }

    /** Whether it waited for a counter at some time. */
    boolean isMultiplexed() {
        return waited;
    }

    long counted() {
        return counted;
    }

    boolean isActive() {
        return state == State.ACTIVE;
    }

    boolean isThrottled() {
        return throttled;
    }

    /* ------------------------------------------------------------- what is done to it */

    void enable() {
        enabled = true;
    }

    void disable() {
        enabled = event.state() == State.ERROR && enabled;
    }

    void leadsItself() {
        leader = this;
    }

    void period(long next) {
        book.period(next, counted);
    }

    /** Something was done that may have had it started anew. */
    void restarted() {
        if (book != null) {
            book.restarted(counted);
        }
    }

    /* ------------------------------------------------------------- what it says */

    /** Looks at its state after something was done. */
    void look(boolean isContextHere) {
        State now = event.state();
        require(now != State.ERROR || enabled && wanted.isLeader() && wanted.has(PINNED), "is in error, and cannot be");
        require((now == State.OFF) == !enabled, "is " + now + ", and should " + (enabled ? "not be off" : "be off"));
        require(now != State.ACTIVE || isContextHere && leader.event.state() == State.ACTIVE, "is on the PMU without its context or leader");
        if (now != state || isContextHere != here) {
            switches++;
        }
        state = now;
        here = isContextHere;
        throttled = event.isThrottled();
        if (frequencies != null) {
            frequencies.period(event.samplePeriod());
        }
    }

    /** Work was done on the CPU where its context is; {@code counts} if the counters of the host's events ran. */
    void pass(Piece piece, boolean counts) {
        if (!isOn(leader) || !isOn(this)) {
            return;
        }
        boolean excluded = wanted.has(NOT_IN_HOST) || wanted.has(piece.step().ring() == 0 ? NOT_IN_KERNEL : NOT_IN_USER);
        long occurrences = excluded || !piece.isInHost() ? 0 : wanted.what().kind().in(piece.step(), piece.from(), piece.to(), piece.begin());
        enabledNanos += piece.cycles();
        contained += occurrences;
        if (state == State.ACTIVE) {
            runningNanos += piece.cycles();
            counted += throttled || !counts ? 0 : occurrences;
            stopped |= throttled || !counts;
        } else {
            waited |= piece.cycles() > 0;
        }
    }

    /** Time went by in which the CPU where its context is did nothing. */
    void rest(long nanos) {
        if (isOn(leader) && isOn(this)) {
            enabledNanos += nanos;
            runningNanos += state == State.ACTIVE ? nanos : 0;
            waited |= state != State.ACTIVE;
        }
    }

    private static boolean isOn(HostEvent event) {
        return event.enabled && event.state != State.ERROR;
    }

    /* ------------------------------------------------------------- samples */

    /** Its handler is called. */
    void sampled(PerfEvent of, long occurrences) {
        require(of == event, "hears of a sample of " + of);
        require(event.count() == counted, "is at " + event.count() + " in its handler; the work makes it " + counted);
        require(!sampled && isActive() && !throttled, "takes a sample, and should not");
        sampled = true;
        samples++;
        complain(book != null ? book.sample(counted, occurrences) : frequencies != null ? frequencies.sample(counted, occurrences) : "never asked for samples");
    }

    /** Finds samples of which nobody is told. */
    void countSamples() {
        if (event.samples() != samples) {
            sampled(event, event.samplePeriod());
        }
    }

    /** A PMI has been handled on its CPU, of which it was told if that is so. */
    void interrupted(boolean isTold) {
        if (event.state() != state) {
            // a handler of another event took it off before its own turn came
            restarted();
        } else if (!sampled && isTold && isActive() && !throttled && book != null) {
            complain(book.quiet(counted));
        }
        sampled = false;
    }

    /** Checks that no PMI is overdue, if there are no more than {@code late} occurrences while one is on its way. */
    void overdue(long late) {
        if (book != null && isActive() && !throttled) {
            complain(book.overdue(counted, late));
        }
    }

    /* ------------------------------------------------------------- what it is told */

    /** Reads it, and checks all that it says. */
    void check(boolean isUniform, long late) {
        long read = event.read();
        require(read == counted, "reads " + read + "; the work makes it " + counted + " (" + contained + " while enabled)");
        require(waited || stopped || read == contained, "was never off the PMU, and reads " + read + " of " + contained);
        require(event.timeEnabled() == enabledNanos, "was enabled for " + event.timeEnabled() + " ns; should be " + enabledNanos);
        require(event.timeRunning() == runningNanos, "ran for " + event.timeRunning() + " ns; should be " + runningNanos);
        require(event.samples() == samples, "has " + event.samples() + " samples; its handler heard of " + samples);
        checkScaled(isUniform);
        if (book != null) {
            complain(book.balance(counted, late));
        }
        if (frequencies != null) {
            complain(frequencies.balance(counted));
        }
    }

    private void checkScaled(boolean isUniform) {
        long scaled = event.scaled();
        if (runningNanos == 0) {
            require(scaled == 0, "never ran, and is scaled to " + scaled);
            return;
        }
        BigInteger expected = BigInteger.valueOf(counted).multiply(BigInteger.valueOf(enabledNanos)).divide(BigInteger.valueOf(runningNanos));
        require(expected.equals(BigInteger.valueOf(scaled)), "is scaled to " + scaled + "; should be " + expected);
        double error = Math.abs(scaled - contained);
        double missed = contained - counted;
        double added = (double) counted * (enabledNanos - runningNanos) / runningNanos;
        require(error <= missed + added + 1, "is scaled to " + scaled + "; true is " + contained + ", of which " + missed + " was missed, and scaling adds " + added);
        if (isUniform && !stopped && wanted.what().kind().isSteady() && !wanted.has(NOT_IN_HOST)) {
            double most = (switches + 1) * (1 + (double) enabledNanos / runningNanos) + 1;
            require(error <= most, "is scaled to " + scaled + " in uniform work, with " + switches + " switches; true is " + contained);
        }
    }

    private void complain(String complaint) {
        require(complaint == null, complaint);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(wanted + ": " + otherwise);
        }
    }
}
