package dev.vpmu.generator.machine.owning;

import static dev.vpmu.generator.machine.owning.Intel.FIXED;

import java.util.Arrays;
import java.util.OptionalLong;

/** A guest's registers as if it had its CPU for itself and nobody ever interrupted it, from nothing but its own writes and its own work. */
final class NaiveRegisters {

    private static final int MOST = 40;

    private final OwnedCpu cpu;
    private final long[] selectors = new long[FIXED];
    private final long[] values = new long[MOST];
    private long fixedControl;
    private long global;
    private long status;

    NaiveRegisters(OwnedCpu cpu) {
        this.cpu = cpu;
        reset();
    }

    void reset() {
        Arrays.fill(selectors, 0);
        Arrays.fill(values, 0);
        fixedControl = 0;
        global = cpu.generalCounters();
        status = 0;
    }

    /** What a register reads; nothing if it is none of those that are followed here. */
    OptionalLong read(int address) {
        int counter = counterAt(address);
        if (counter >= 0) {
            return OptionalLong.of(values[counter]);
        }
        return switch (address) {
            case Intel.FIXED_CTR_CTRL -> OptionalLong.of(fixedControl);
            case Intel.STATUS -> OptionalLong.of(status);
            case Intel.GLOBAL_CTRL -> OptionalLong.of(global);
            case Intel.OVF_CTRL -> OptionalLong.of(0);
            default -> isSelector(address) ? OptionalLong.of(selectors[address - Intel.EVENTSEL]) : OptionalLong.empty();
        };
    }

    long value(int counter) {
        return values[counter];
    }

    /** The counter whose value a register holds; -1 if it is none's. */
    private int counterAt(int address) {
        for (int first : new int[] {Intel.PMC, Intel.FULL_WIDTH}) {
            if (address >= first && address < first + cpu.general()) {
                return address - first;
            }
        }
        return cpu.fixed().contains(address - Intel.FIXED_CTR) ? FIXED + address - Intel.FIXED_CTR : -1;
    }

    private boolean isSelector(int address) {
        return address >= Intel.EVENTSEL && address < Intel.EVENTSEL + cpu.general();
    }

    private boolean isCounting(int counter, int ring) {
        if ((global >>> counter & 1) == 0) {
            return false;
        }
        if (counter >= FIXED) {
            return (fixedControl >>> 4 * (counter - FIXED) & (ring == 0 ? 1 : 2)) != 0;
        }
        return (selectors[counter] & Intel.ENABLE) != 0 && (selectors[counter] & (ring == 0 ? Intel.KERNEL : Intel.USER)) != 0;
    }

    private long event(int counter) {
        return switch (counter) {
            case FIXED -> Work.INSTRUCTIONS;
            // reference cycles are cycles where the core runs at the TSC's rate
            case FIXED + 1, FIXED + 2 -> Work.CYCLES;
            default -> counter > FIXED ? -1 : (selectors[counter] & 0xFF) << Integer.SIZE | selectors[counter] >>> Byte.SIZE & 0xFF;
        };
    }

    /** The guest has worked. */
    void worked(Work work, long from, long to) {
        for (long rest = cpu.counters(); rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            if (isCounting(counter, work.ring())) {
                add(counter, work.in(event(counter), from, to));
            }
        }
    }

    /** The hypervisor has carried out what counts as {@code event} once. */
    void emulated(long event, int ring) {
        for (long rest = cpu.counters(); rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            if (isCounting(counter, ring) && event(counter) == event) {
                add(counter, 1);
            }
        }
    }

    /** The guest has written a register without a fault, which counts as an instruction by the controls that it found. */
    void wrote(int address, long value, int ring) {
        int counter = counterAt(address);
        if (counter >= 0) {
            values[counter] = (address >= Intel.PMC && address < Intel.PMC + cpu.general() ? (int) value : value) & Intel.WIDTH;
        }
        emulated(Work.INSTRUCTIONS, ring);
        if (isSelector(address)) {
            selectors[address - Intel.EVENTSEL] = value;
        } else if (address == Intel.FIXED_CTR_CTRL) {
            fixedControl = value;
        } else if (address == Intel.GLOBAL_CTRL) {
            global = value;
        } else if (address == Intel.OVF_CTRL) {
            status &= ~value;
        }
    }

    private void add(int counter, long count) {
        if (values[counter] + count > Intel.WIDTH) {
            status |= 1L << counter;
        }
        values[counter] = values[counter] + count & Intel.WIDTH;
    }
}
