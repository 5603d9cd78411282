package dev.vpmu.generator.perf.suite;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Hardware that notes down who did what to it. */
final class Journal implements PmuRegisters, LvtEntry {

    /** Kinds of accesses. */
    enum Kind { READ, WRITE, RDPMC, LVTPC }

    /** One access; LVTPC has no address. */
    record Access(Kind kind, int address, long value) {

        boolean is(Kind what, int at) {
            return kind == what && address == at;
        }

        @Override
        public String toString() {
            return kind + " " + Integer.toHexString(address) + " " + Long.toHexString(value);
        }
    }

    private final PmuHardware hardware;
    private final List<Access> accesses = new ArrayList<>();

    Journal(PmuHardware hardware) {
        this.hardware = hardware;
    }

    /** What has been done since the last time that was asked. */
    List<Access> take() {
        List<Access> taken = List.copyOf(accesses);
        accesses.clear();
        return taken;
    }

    /** The position of the last access of a kind; -1 if there is none. */
    static int last(List<Access> accesses, Predicate<Access> which) {
        for (int i = accesses.size() - 1; i >= 0; i--) {
            if (which.test(accesses.get(i))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public long rdmsr(int address) {
        long value = hardware.rdmsr(address);
        accesses.add(new Access(Kind.READ, address, value));
        return value;
    }

    @Override
    public void wrmsr(int address, long value) {
        accesses.add(new Access(Kind.WRITE, address, value));
        hardware.wrmsr(address, value);
    }

    @Override
    public long rdpmc(int ecx) {
        long value = hardware.rdpmc(ecx);
        accesses.add(new Access(Kind.RDPMC, ecx, value));
        return value;
    }

    @Override
    public int lvtpc() {
        return hardware.lvtpc();
    }

    @Override
    public void lvtpc(int entry) {
        accesses.add(new Access(Kind.LVTPC, 0, entry));
        hardware.lvtpc(entry);
    }
}
