package dev.vpmu.runtime.lab.scenario;

/**
 * The guests of a scenario, each of one vCPU.
 *
 * @param vcpus how many
 * @param sharing whether they share one CPU in time slices; otherwise each has a machine to itself
 * @param slice how long a vCPU's thread runs before it is preempted, in milliseconds
 * @param fresh whether a guest's perf begins before its thread is preempted for the first time
 */
public record Guests(int vcpus, boolean sharing, long slice, boolean fresh) {

    /** Nobody else wants its CPU, and its thread is preempted only now and then. */
    private static final long LONG_SLICE = 40;
    private static final long SHORT_SLICE = 4;

    public Guests {
        if (vcpus < 1 || slice < 1) {
            throw new IllegalArgumentException("guests are 1 vCPU and more, in slices of 1 ms and more, not " + vcpus + " in slices of " + slice + " ms");
        }
    }

    /** Guests that each have a CPU to themselves, and have run for a while; preempted every 40 ms. */
    public static Guests alone(int vcpus) {
        return new Guests(vcpus, false, LONG_SLICE, false);
    }

    /** New guests that share a CPU in slices of 4 ms. */
    public static Guests sharing(int vcpus) {
        return new Guests(vcpus, true, SHORT_SLICE, true);
    }
}
