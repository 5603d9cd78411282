package dev.vpmu.runtime.vpmu;

import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfCore;

/** What a virtual PMU asks of the vCPU that it belongs to. */
public interface VcpuPort {

    /** What is to be done before the guest runs again. */
    enum Request {
        /** The virtual PMU has work. */
        PMU,
        /** The virtual LAPIC's LVTPC is to be delivered. */
        PMI
    }

    /** The host's perf of the CPU that the vCPU is on. */
    PerfCore perf();

    /** The events of the vCPU's thread. */
    EventContext task();

    /** What entering and leaving guest mode does to registers by itself. */
    MsrSwitch msrSwitch();

    /** Asks for something before the guest runs on: one that runs is kicked out of guest mode, and a halted one wakes up for a PMI. */
    void request(Request what);

    /** Whether the NMI that is being handled came in guest mode. */
    boolean isInterruptedInGuest();

    /** Has something run after the NMI handler, outside NMI context. */
    void afterNmi(Runnable work);

    /** Tells that a host event was created, released, paused or resumed on behalf of the guest. */
    void tell(EventStep step);

    /** What is done with host events. */
    enum EventStep {
        CREATE, RELEASE, PAUSE, RESUME, PERIOD, REFUSED
    }
}
