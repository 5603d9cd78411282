package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.cpu.RegisterElement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws accesses to registers: such that counters count what work has in it and overflow in it, or just anything. */
final class ValueDraw {

    private static final long BUS_CYCLES = 0x013C;
    private static final long EVENT = 0xFFFF;
    private static final long CORE_CYCLES = 0x003C;

    private final SplittableRandom random;
    private final Served served;
    private final Stage.Setting setting;
    private final WorkDraw work;
    private final long counters;
    private final List<RegisterElement> productive;

    ValueDraw(Stage.Setting setting, Served served, WorkDraw work, SplittableRandom random) {
        this.random = random;
        this.served = served;
        this.setting = setting;
        this.work = work;
        this.counters = setting.subject().counters();
        productive = new ArrayList<>(served.registers());
        productive.removeIf(register -> !List.of("value", "selector", "enable", "clear", "set").contains(register.role()) || !served.writes((int) register.address()));
    }

    /** A register that has to do with counting. */
    int productive() {
        // few registers concern all counters: they get half of the draws
        RegisterElement register = productive.get(random.nextInt(productive.size()));
        for (int i = 0; i < 2 && random.nextBoolean() && register.name().endsWith("]"); i++) {
            register = productive.get(random.nextInt(productive.size()));
        }
        return (int) register.address();
    }

    /** Any register at all, or an address near one. */
    int any(boolean writes) {
        int address;
        do {
            List<RegisterElement> all = served.registers();
            address = (int) all.get(random.nextInt(all.size())).address() + (random.nextInt(6) == 0 ? random.nextInt(-4, 5) : 0);
            address = random.nextInt(40) == 0 ? random.nextInt(0x2000) : address;
        } while (!(writes ? served.writes(address) : served.reads(address)));
        return address;
    }

    int counter() {
        int bit;
        do {
            bit = random.nextInt(Long.SIZE);
        } while ((counters >>> bit & 1) == 0);
        return bit;
    }

    int ecx() {
        return switch (random.nextInt(8)) {
            case 0 -> Msr.FIXED_RDPMC * random.nextInt(2) + random.nextInt(12);
            case 1 -> 1 << random.nextInt(32) | random.nextInt(4);
            default -> Msr.rdpmc(counter());
        };
    }

    /** A value for whatever is at an address. */
    long value(int address) {
        long value = random.nextInt(14) == 0 ? garbage() : switch (address) {
            case Msr.FIXED_CTR_CTRL -> fixedControl();
            case Msr.GLOBAL_CTRL -> random.nextInt(4) == 0 ? 0 : random.nextInt(3) == 0 ? counters & random.nextLong() : counters;
            case Msr.OVF_CTRL, Msr.STATUS_SET -> random.nextBoolean() ? counters : counters & random.nextLong();
            default -> address >= Msr.EVENTSEL && address < Msr.EVENTSEL + setting.subject().general() ? selector(address - Msr.EVENTSEL) : count(address);
        };
        return served.bits(address, proper(address, value));
    }

    /** Without what only an undisturbed guest may count. */
    private long proper(int address, long value) {
        boolean isSelector = address >= Msr.EVENTSEL && address < Msr.EVENTSEL + setting.subject().general();
        if (!isSelector || setting.undisturbed()) {
            return value;
        }
        long proper = (value & EVENT) == BUS_CYCLES ? value & ~EVENT | CORE_CYCLES : value;
        return proper & ~Msr.EDGE;
    }

    private long garbage() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1L << random.nextInt(Long.SIZE);
            case 2 -> random.nextLong() & 0xFFFF_FFFFL;
            default -> random.nextLong();
        };
    }

    long selector(int counter) {
        long word = setting.undisturbed() && random.nextInt(6) == 0 ? BUS_CYCLES : work.event();
        word |= chance(10, Msr.USER) | chance(11, Msr.KERNEL) | chance(8, Msr.INTERRUPT) | chance(11, Msr.ENABLE) | chance(1, Msr.PIN);
        if (random.nextInt(5) == 0) {
            word |= (long) random.nextInt(5) << Msr.THRESHOLD | chance(4, Msr.INVERT) | chance(4, Msr.EDGE);
        }
        return word | chance(1, Msr.IN_TRANSACTION) | (counter == 2 ? chance(1, Msr.CHECKPOINTED) : 0);
    }

    private long chance(int ofTwelve, long bit) {
        return random.nextInt(12) < ofTwelve ? bit : 0;
    }

    private long fixedControl() {
        long word = 0;
        for (long rest = counters >>> Msr.FIXED; rest != 0; rest &= rest - 1) {
            long nibble = random.nextInt(4) == 0 ? random.nextInt(4) : 3;
            word |= (nibble | chance(8, 8)) << 4 * Long.numberOfTrailingZeros(rest);
        }
        return word;
    }

    /** A counter's value, mostly not far from an overflow; at the address that takes them all, some beyond what 32 bits say. */
    long count(int address) {
        boolean isWide = address >= Msr.A_PMC || address >= Msr.FIXED_CTR && address < Msr.FIXED_CTR + 8;
        long value = switch (random.nextInt(8)) {
            case 0 -> random.nextInt(1_000);
            case 1 -> random.nextLong();
            case 2 -> -1L - random.nextInt(4);
            default -> -1L - random.nextInt(2 * WorkDraw.LONGEST);
        };
        return random.nextInt(16) == 0 ? value : isWide ? value << 16 >>> 16 : value & 0xFFFF_FFFFL;
    }
}
