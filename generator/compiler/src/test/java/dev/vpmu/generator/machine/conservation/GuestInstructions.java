package dev.vpmu.generator.machine.conservation;

import dev.vpmu.generator.machine.conservation.GuestStage.Guest;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * Draws what guests do with their counters.
 *
 * @param writesRunning whether they write counters that count; otherwise they stop them all for it
 */
record GuestInstructions(SplittableRandom random, boolean writesRunning) {

    static GuestOperation instruction(int guest, int ring, String what, BiConsumer<GuestStage, Guest> action) {
        return new GuestOperation("guest " + guest + ": " + what, stage -> {
            Guest it = stage.guests.get(guest);
            if (it.vcpu.isRunnable()) {
                stage.ring(it, ring);
                action.accept(stage, it);
            }
        });
    }

    /** A value to begin with, mostly not far from an overflow. */
    long value() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(1_000);
            case 1 -> -1L - random.nextInt(60);
            default -> -60L - random.nextInt(3_000);
        };
    }

    GuestOperation write(int guest, int counter, long value) {
        boolean isFullWidth = counter < NaiveGuest.FIXED && random.nextInt(3) == 0;
        int address = isFullWidth ? NaiveGuest.FULL_WIDTH_PMC + counter : addressOf(counter);
        long word = wordOf(address, value);
        boolean stops = !writesRunning;
        return instruction(guest, 0, "writes " + value + " to counter " + counter + (isFullWidth ? " in full width" : ""), (stage, it) -> {
            long before = it.naive.global();
            if (stops) {
                it.vcpu.wrmsr(NaiveGuest.GLOBAL_CTRL, 0);
            }
            it.vcpu.wrmsr(address, word);
            if (stops) {
                it.vcpu.wrmsr(NaiveGuest.GLOBAL_CTRL, before);
            }
        });
    }

    static GuestOperation global(int guest, long counters) {
        return instruction(guest, 0, "enables 0x" + Long.toHexString(counters), (stage, it) -> it.vcpu.wrmsr(NaiveGuest.GLOBAL_CTRL, counters));
    }

    static GuestOperation status(int guest) {
        return instruction(guest, 0, "reads and acknowledges its status", (stage, it) -> {
            long status = it.vcpu.rdmsr(NaiveGuest.STATUS);
            it.vcpu.wrmsr(NaiveGuest.OVF_CTRL, status & stage.setting.counters());
        });
    }

    GuestOperation program(int guest, int counter) {
        boolean enabled = random.nextInt(6) != 0;
        int modes = random.nextInt(3) == 0 ? random.nextInt(4) : 3;
        boolean interrupts = random.nextInt(3) != 0;
        if (counter >= NaiveGuest.FIXED) {
            int shift = 4 * (counter - NaiveGuest.FIXED);
            long nibble = (enabled ? modes : 0) | (interrupts ? 8 : 0);
            return instruction(guest, 0, "writes " + nibble + " for counter " + counter, (stage, it) -> it.vcpu.wrmsr(NaiveGuest.FIXED_CTR_CTRL,
                    it.vcpu.rdmsr(NaiveGuest.FIXED_CTR_CTRL) & ~(0xFL << shift) | nibble << shift));
        }
        // in a selector user mode comes first
        long selector = Work.selected(Work.drawEvent(random)) | (modes & 1) << 17 | (modes & 2) << 15 | (interrupts ? 1 << 20 : 0) | (enabled ? 1 << 22 : 0);
        return instruction(guest, 0, "selects 0x" + Long.toHexString(selector) + " for counter " + counter, (stage, it) -> it.vcpu.wrmsr(NaiveGuest.EVENTSEL + counter, selector));
    }

    /** What to write to have a counter hold a value, or the lower half of it. */
    static long wordOf(int address, long value) {
        return value & (address >= NaiveGuest.PMC && address < NaiveGuest.PMC + 8 ? 0xFFFF_FFFFL : NaiveGuest.MASK);
    }

    static int addressOf(int counter) {
        return counter < NaiveGuest.FIXED ? NaiveGuest.PMC + counter : NaiveGuest.FIXED_CTR + counter - NaiveGuest.FIXED;
    }
}
