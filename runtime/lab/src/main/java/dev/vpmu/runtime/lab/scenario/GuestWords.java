package dev.vpmu.runtime.lab.scenario;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.RegisterElement;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.HashMap;
import java.util.Map;

/** What a guest's perf writes where, on any CPU: found out by letting it program hardware that nobody else uses. */
final class GuestWords {

    private record Word(int address, long value) {
    }

    private final Map<String, Word> words = new HashMap<>();

    /** What it writes for one event where it has the registers that {@code shown} has. */
    GuestWords(Cpu cpu, PmuRegisters shown, EventAttributes.Builder event) {
        Map<Integer, String> roles = new HashMap<>();
        for (RegisterElement register : cpu.registers()) {
            roles.put((int) register.address(), register.role());
        }
        PmuHardware hardware = cpu.hardware(false);
        PmuRegisters written = new PmuRegisters() {
            @Override
            public long rdmsr(int address) {
                shown.rdmsr(address);
                return hardware.rdmsr(address);
            }

            @Override
            public void wrmsr(int address, long value) {
                hardware.wrmsr(address, value);
                words.put(roles.get(address), new Word(address, value));
            }

            @Override
            public long rdpmc(int ecx) {
                return hardware.rdpmc(ecx);
            }
        };
        PerfCore perf = cpu.perf(new PerfSystem(), written, hardware, () -> 0, false);
        perf.open(perf.cpuContext(), event.build(), OverflowHandler.NONE);
    }

    private Word word(String role) {
        Word word = words.get(role);
        if (word == null) {
            throw new IllegalStateException("a guest's perf writes no register that is " + role);
        }
        return word;
    }

    /** The register of a role that it wrote last. */
    int address(String role) {
        return word(role).address();
    }

    /** What it wrote there. */
    long value(String role) {
        return word(role).value();
    }
}
