package dev.vpmu.runtime.perf;


/** One operating system's perf, as far as it is not of one CPU: what its CPUs share and how it is set up. */
public final class PerfSystem {
}
