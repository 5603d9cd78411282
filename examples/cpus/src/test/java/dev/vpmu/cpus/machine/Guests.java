package dev.vpmu.cpus.machine;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.perf.ProgrammedCounters;
import dev.vpmu.runtime.vpmu.EventOrientedDesign;
import dev.vpmu.runtime.vpmu.EventOrientedPmu;

/** Guests of which the CPU is the host's. */
final class Guests {

    private Guests() {
    }

    /** A vCPU with a traditional PMU. */
    static Vcpu vcpu(Machine machine, String name, EventOrientedDesign design) {
        PmuHardware registers = machine.cpu().hardware(machine.isSmt());
        ProgrammedCounters guest = new ProgrammedCounters(machine.cpu().perf(new PerfSystem(), registers, registers, () -> 0, machine.isSmt()));
        return new Vcpu(machine, name, design.masksLvt(),
                port -> new EventOrientedPmu(design, port, registers, guest, Step.event(0xC0, 0), Step.event(0xC4, 0)));
    }
}
