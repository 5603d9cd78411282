package dev.vpmu.generator.perf.generated;

import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Broadwell's registers, as far as a handler looks at them, whose status reads as a test wants; with a list of all that is done to them. */
final class ScriptedPmu implements PmuRegisters, LvtEntry {

    private static final int STATUS = 0x38E;

    private final Deque<Long> status = new ArrayDeque<>();
    private final List<String> steps = new ArrayList<>();
    private long forEver;

    /** What the status reads as, one after the other, and then 0. */
    ScriptedPmu status(long... words) {
        for (long word : words) {
            status.add(word);
        }
        return this;
    }

    /** What the status reads as when nothing else is said. */
    ScriptedPmu statusForEver(long word) {
        forEver = word;
        return this;
    }

    /** What has been done since the last time. */
    List<String> steps() {
        List<String> since = List.copyOf(steps);
        steps.clear();
        return since;
    }

    private void step(String format, Object... values) {
        steps.add(String.format(Locale.ROOT, format, values));
    }

    @Override
    public long rdmsr(int address) {
        step("read %X", address);
        return address != STATUS ? 0 : status.isEmpty() ? forEver : status.remove();
    }

    @Override
    public void wrmsr(int address, long value) {
        step("%X := %X", address, value);
    }

    @Override
    public long rdpmc(int ecx) {
        return 0;
    }

    @Override
    public int lvtpc() {
        return LVTPC_NMI;
    }

    @Override
    public void lvtpc(int entry) {
        step("LVTPC := %X", entry);
    }
}
