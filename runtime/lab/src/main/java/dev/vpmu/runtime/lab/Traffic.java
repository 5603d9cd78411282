package dev.vpmu.runtime.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * On which path each step was taken. A path is what made a hypervisor do something: {@code WRMSR IA32_PERFEVTSEL}, an instruction of a guest's,
 * with everything until guest mode is entered again; {@link #PMI}; or the scheduler. What the CPU loads and stores by itself as guest mode is
 * entered and left has a path of its own. Immutable.
 *
 * @param paths the steps by path
 */
public record Traffic(Map<String, Steps> paths) {

    /** The host takes a PMI, and whatever it does about it. */
    public static final String PMI = "PMI";
    /** Registers that the CPU loads and stores by itself. */
    public static final String SWITCH = "VM-entry and VM-exit";
    /** A vCPU's thread gets a CPU. */
    public static final String IN = "scheduled in";
    /** It is taken away. */
    public static final String OUT = "scheduled out";
    /** What the host does for itself: a timer of its scheduler's or of its perf's. */
    public static final String HOST = "the host's timers";

    public Traffic {
        paths = Collections.unmodifiableMap(new LinkedHashMap<>(paths));
    }

    /** The steps of all paths. */
    public Steps steps() {
        return paths.values().stream().reduce(Steps.NONE, Steps::plus);
    }

    @Override
    public String toString() {
        return paths.toString();
    }
}
