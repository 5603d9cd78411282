package dev.vpmu.runtime.perf;

/**
 * What is asked of perf when an event is opened: what to count, when, and whether to sample it. Immutable. (Linux's
 * {@code perf_event_attr}; domain.md §4.1.)
 */
public final class EventAttributes {

    /** Every counter, where nothing narrows what the CPU's constraints allow. */
    public static final long ANY_COUNTER = -1;

    private final String name;
    private final long config;
    private final int onlyCounter;
    private final long counters;
    private final long extra;
    private final boolean pinned;
    private final boolean exclusive;
    private final boolean disabled;
    private final boolean excludeUser;
    private final boolean excludeKernel;
    private final boolean excludeHost;
    private final boolean excludeGuest;
    private final boolean excludeIdle;
    private final long samplePeriod;
    private final long sampleFrequency;
    private final int precise;

    private EventAttributes(Builder builder) {
        name = builder.name;
        config = builder.config;
        onlyCounter = builder.onlyCounter;
        counters = builder.counters;
        extra = builder.extra;
        pinned = builder.pinned;
        exclusive = builder.exclusive;
        disabled = builder.disabled;
        excludeUser = builder.excludeUser;
        excludeKernel = builder.excludeKernel;
        excludeHost = builder.excludeHost;
        excludeGuest = builder.excludeGuest;
        excludeIdle = builder.excludeIdle;
        samplePeriod = builder.samplePeriod;
        sampleFrequency = builder.sampleFrequency;
        precise = builder.precise;
    }

    /**
     * An event that a selector asks for; a fixed counter may count it where the CPU's constraints say so.
     *
     * @param name what messages call it
     * @param config the selector's bits: event code, unit mask and modifiers in their places, without enables and modes
     */
    public static Builder of(String name, long config) {
        return new Builder(name, config, -1);
    }

    /**
     * What one counter counts that has no selector.
     *
     * @param name what messages call it
     * @param globalIndex the counter
     * @param control the modifiers in the counter's places of the control register, without enables and modes
     */
    public static Builder onCounter(String name, int globalIndex, long control) {
        return new Builder(name, control, globalIndex);
    }

    /** The same, to be changed. */
    public Builder toBuilder() {
        Builder builder = new Builder(name, config, onlyCounter);
        builder.counters = counters;
        builder.extra = extra;
        builder.pinned = pinned;
        builder.exclusive = exclusive;
        builder.disabled = disabled;
        builder.excludeUser = excludeUser;
        builder.excludeKernel = excludeKernel;
        builder.excludeHost = excludeHost;
        builder.excludeGuest = excludeGuest;
        builder.excludeIdle = excludeIdle;
        builder.samplePeriod = samplePeriod;
        builder.sampleFrequency = sampleFrequency;
        builder.precise = precise;
        return builder;
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** The selector's bits, or the modifiers in the control register of {@link #onlyCounter()}. */
    public long config() {
        return config;
    }

    /** The global index of the counter that counts it and nothing else; -1 if a selector asks for it. */
    public int onlyCounter() {
        return onlyCounter;
    }

    /** What narrows the counters that the CPU's constraints allow, a global mask. */
    public long counters() {
        return counters;
    }

    /** The value for the extra register that the event needs; not looked at where it needs none. */
    public long extra() {
        return extra;
    }

    /** Whether it must always be on the PMU; otherwise it takes turns. Of a group, the leader's counts. */
    public boolean isPinned() {
        return pinned;
    }

    /** Whether its group must be alone on the PMU. */
    public boolean isExclusive() {
        return exclusive;
    }

    /** Whether it waits to be enabled after it has been opened. */
    public boolean isDisabled() {
        return disabled;
    }

    /** Whether it does not count in rings 1 to 3. */
    public boolean excludesUser() {
        return excludeUser;
    }

    /** Whether it does not count in ring 0. */
    public boolean excludesKernel() {
        return excludeKernel;
    }

    /** Whether it does not count outside guest mode. */
    public boolean excludesHost() {
        return excludeHost;
    }

    /** Whether it does not count in guest mode. */
    public boolean excludesGuest() {
        return excludeGuest;
    }

    /** Whether it does not count in the idle task; whoever schedules tasks looks at it. */
    public boolean excludesIdle() {
        return excludeIdle;
    }

    /** After how many occurrences a sample is taken; 0 if it only counts, or if {@link #sampleFrequency()} says how often. */
    public long samplePeriod() {
        return samplePeriod;
    }

    /** How many samples a second are wanted, by periods that follow; 0 if the period stays as it is. */
    public long sampleFrequency() {
        return sampleFrequency;
    }

    /** Whether samples are taken. */
    public boolean isSampling() {
        return samplePeriod != 0 || sampleFrequency != 0;
    }

    /** How exact a sample's place must be: 0 with skid, 1 to 3 through precise records. */
    public int precise() {
        return precise;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects attributes. */
    public static final class Builder {

        private static final int MOST_PRECISE = 3;

        private final String name;
        private final long config;
        private final int onlyCounter;
        private long counters = ANY_COUNTER;
        private long extra;
        private boolean pinned;
        private boolean exclusive;
        private boolean disabled;
        private boolean excludeUser;
        private boolean excludeKernel;
        private boolean excludeHost;
        private boolean excludeGuest;
        private boolean excludeIdle;
        private long samplePeriod;
        private long sampleFrequency;
        private int precise;

        private Builder(String name, long config, int onlyCounter) {
            this.name = name;
            this.config = config;
            this.onlyCounter = onlyCounter;
        }

        /** Only on these counters, of those that the constraints allow; a global mask. */
        public Builder counters(long mask) {
            counters = mask;
            return this;
        }

        /** With this value in the extra register that the event needs. */
        public Builder extra(long value) {
            extra = value;
            return this;
        }

        /** Always on the PMU; failing that, in error. */
        public Builder pinned() {
            pinned = true;
            return this;
        }

        /** Alone on the PMU, with its group. */
        public Builder exclusive() {
            exclusive = true;
            return this;
        }

        /** Not enabled yet. */
        public Builder disabled() {
            disabled = true;
            return this;
        }

        /** Not in rings 1 to 3. */
        public Builder excludeUser() {
            excludeUser = true;
            return this;
        }

        /** Not in ring 0. */
        public Builder excludeKernel() {
            excludeKernel = true;
            return this;
        }

        /** In guest mode only. */
        public Builder excludeHost() {
            excludeHost = true;
            return this;
        }

        /** Outside guest mode only. */
        public Builder excludeGuest() {
            excludeGuest = true;
            return this;
        }

        /** Not in the idle task. */
        public Builder excludeIdle() {
            excludeIdle = true;
            return this;
        }

        /**
         * A sample after every so many occurrences.
         *
         * @param occurrences 1 and more
         * @throws IllegalArgumentException if it is less
         */
        public Builder period(long occurrences) {
            if (occurrences < 1) {
                throw new IllegalArgumentException(name + ": a sampling period of " + occurrences + "; 1 is the least");
            }
            samplePeriod = occurrences;
            sampleFrequency = 0;
            return this;
        }

        /**
         * So many samples a second, by a period that follows what the event does.
         *
         * @param perSecond 1 and more
         * @throws IllegalArgumentException if it is less
         */
        public Builder frequency(long perSecond) {
            if (perSecond < 1) {
                throw new IllegalArgumentException(name + ": " + perSecond + " samples a second; 1 is the least");
            }
            sampleFrequency = perSecond;
            samplePeriod = 0;
            return this;
        }

        /** Samples through precise records, 1 to 3; 0 for none. */
        public Builder precise(int level) {
            if (level < 0 || level > MOST_PRECISE) {
                throw new IllegalArgumentException(name + ": precision " + level + "; there are 0 to " + MOST_PRECISE);
            }
            precise = level;
            return this;
        }

        /** The attributes. */
        public EventAttributes build() {
            return new EventAttributes(this);
        }
    }
}
