package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.cpu.RegisterElement;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What of its CPU a design serves: found by asking a guest after reset for each register and each bit that hardware has. What hardware
 * takes and the guest is refused is no part of programs; a test compares the list with the page that promises it. What the guest is
 * given and hardware refuses stays in.
 */
public final class Served {

    private static final int MEGAHERTZ = 2_200;

    private final Map<Integer, Long> refusedBits = new HashMap<>();
    private final Map<Integer, Boolean> unreadable = new HashMap<>();
    private final Map<String, String> lines = new LinkedHashMap<>();
    /** What a program reads and writes, by address. */
    private final List<RegisterElement> registers = new ArrayList<>();

    /** Asks. */
    public Served(Subject subject) {
        PmuHardware hardware = subject.cpu().hardware(subject.smt());
        Machine machine = new Machine(subject.cpu(), subject.smt() ? 2 : 1, subject.smt(), MEGAHERTZ, new PerfSystem());
        Vcpu vcpu = new Vcpu(machine, "guest", subject.masksLvt(), subject.pmu());
        machine.cpu(0).schedule(vcpu);
        vcpu.run();
        for (RegisterElement register : subject.registers()) {
            int address = (int) register.address();
            boolean differs = !reads(hardware, address) ? false : !reads(vcpu, address) || hardware.rdmsr(address) != vcpu.rdmsr(address);
            if (differs) {
                unreadable.put(address, true);
            }
            long refused = 0;
            for (int bit = 0; bit < Long.SIZE; bit++) {
                if (writes(hardware, address, 1L << bit) && !writes(vcpu, address, 1L << bit)) {
                    refused |= 1L << bit;
                }
                hardware.reset();
                vcpu.reset();
            }
            if (writes(hardware, address, 0) && !writes(vcpu, address, 0)) {
                refused = -1;
            }
            hardware.reset();
            vcpu.reset();
            if (address == Msr.STATUS_SET) {
                refused |= Msr.FROZEN;
            }
            if (refused != 0) {
                refusedBits.put(address, refused);
            }
            boolean hidden = unreadable.containsKey(address) && !reads(vcpu, address);
            if (!hidden) {
                registers.add(register);
            }
            if (differs || refused != 0) {
                String name = register.name().replaceAll("\\[.*", "");
                lines.merge(name, hidden ? "not there" : (differs ? "shows something else" : "")
                        + (refused == 0 ? "" : (differs ? ", " : "") + "refuses " + bits(refused)), (one, other) -> one.equals(other) ? one : one + "; " + other);
            }
        }
    }

    private static String bits(long mask) {
        List<String> bits = new ArrayList<>();
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            bits.add(String.valueOf(Long.numberOfTrailingZeros(rest)));
        }
        return bits.size() == Long.SIZE ? "every write" : String.join(" ", bits);
    }

    private static boolean reads(PmuRegisters registers, int address) {
        try {
            registers.rdmsr(address);
            return true;
        } catch (GeneralProtectionFault fault) {
            return false;
        }
    }

    private static boolean writes(PmuRegisters registers, int address, long value) {
        try {
            registers.wrmsr(address, value);
            return true;
        } catch (GeneralProtectionFault fault) {
            return false;
        }
    }

    /** The registers of programs. */
    List<RegisterElement> registers() {
        return registers;
    }

    /** Whether a program may read an address, be there anything or not. */
    boolean reads(int address) {
        return !unreadable.containsKey(address);
    }

    /** Whether a program may write an address, be there anything or not. */
    boolean writes(int address) {
        return refusedBits.getOrDefault(address, 0L) != -1;
    }

    /** {@code value} without the bits that hardware takes and the design does not serve. */
    long bits(int address, long value) {
        return value & ~refusedBits.getOrDefault(address, 0L);
    }

    /** What is not served, a line for each register. */
    public List<String> lines() {
        return lines.entrySet().stream().map(line -> String.format(Locale.ROOT, "%s: %s", line.getKey(), line.getValue())).toList();
    }
}
