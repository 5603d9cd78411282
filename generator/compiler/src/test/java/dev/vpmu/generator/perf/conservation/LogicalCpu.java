package dev.vpmu.generator.perf.conservation;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;

/** A CPU that works: its PMU, perf on it, and a guest. A cycle takes a nanosecond. */
final class LogicalCpu {

    private final int number;
    private final PmuHardware hardware;
    private final PerfCore perf;
    private final Guest guest;
    private long nanos;
    private long cycles;
    private int stops;
    private EventContext task;

    LogicalCpu(int number, ConservedCpu cpu, PerfSystem system) {
        this.number = number;
        this.hardware = cpu.hardware();
        this.perf = cpu.perf(system, hardware, () -> nanos);
        this.guest = new Guest(cpu, hardware);
    }

    int number() {
        return number;
    }

    PmuHardware hardware() {
        return hardware;
    }

    PerfCore perf() {
        return perf;
    }

    Guest guest() {
        return guest;
    }

    /** Whether a context is on it: its own, or the task's that it runs. */
    boolean has(EventContext context) {
        return context == perf.cpuContext() || context == task;
    }

    EventContext task() {
        return task;
    }

    void task(EventContext next) {
        task = next;
    }

    /** The core's cycles since reset. */
    long cycles() {
        return cycles;
    }

    /** Time passes, in which the core works. */
    void work(long more) {
        cycles += more;
        nanos += more;
    }

    /** Time passes, in which it does not. */
    void rest(long more) {
        nanos += more;
    }

    /** Whether its counters run, as far as perf as a whole is concerned. */
    boolean isRunning() {
        return stops == 0;
    }

    void stop() {
        stops++;
        perf.disable();
    }

    /** Goes on, if it was stopped. */
    void go() {
        if (stops > 0) {
            stops--;
            perf.enable();
        }
    }
}
