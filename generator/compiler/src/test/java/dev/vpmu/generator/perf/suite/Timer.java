package dev.vpmu.generator.perf.suite;

import java.util.function.LongSupplier;

/** The time, which goes on when work is done. */
final class Timer implements LongSupplier {

    private long nanos;

    void advanceTo(long time) {
        nanos = time;
    }

    @Override
    public long getAsLong() {
        return nanos;
    }
}
