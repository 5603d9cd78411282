package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.GeneralProtectionFault.Access;
import java.util.Arrays;

/**
 * The PMU of one logical CPU of Broadwell-EP as somebody would write it by hand for speed; generated code is measured against it.
 *
 * <p>It behaves as {@link PmuHardware} says. Siblings share none of this CPU's registers. Selectors are taken apart once, at the first
 * step after a write. A step is counted in one pass as if no PMI came; only if one does, that is taken back and done as far as the
 * PMI lets it.
 */
public final class HandWrittenBroadwell extends BroadwellCounters implements WorkingRegisters {

    private static final long FREEZE_COUNTERS = 1L << 12;
    private static final long FREEZE_BRANCHES = 1L << 11;
    private static final long ALL_COUNTERS = 0x7_0000_00FFL;
    private static final int LVTPC_WRITABLE = PmuHardware.LVTPC_MASKED | 0x7FF;
    private static final long NONE = -1;
    private static final int FIXED_RDPMC = 0x4000_0000;

    private final byte[] wordOf;
    private final byte[] ruleOf;
    private final long[] forbidden;
    private final int programmable;
    private final GeneralProtectionFault fault = new GeneralProtectionFault();

    private int lvtpc;
    private long skid;
    private long due;
    private boolean pending;
    private boolean rdpmcRefused;

    /** The hardware after power-on, with SMT on or off. */
    public HandWrittenBroadwell(boolean smt) {
        BroadwellRegisterMap map = smt ? BroadwellRegisterMap.WITH_SMT : BroadwellRegisterMap.WITHOUT_SMT;
        wordOf = map.words;
        ruleOf = map.rules;
        forbidden = map.forbidden;
        programmable = smt ? 4 : 8;
        reset();
    }

    @Override
    public void reset() {
        Arrays.fill(words, 0);
        words[BroadwellRegisterMap.GLOBAL_CTRL] = (1L << programmable) - 1;
        words[BroadwellRegisterMap.PERF_CAPABILITIES] = 0x3244;
        words[BroadwellRegisterMap.MISC_ENABLE] = 0x80;
        resetCounters();
        lvtpc = PmuHardware.LVTPC_MASKED;
        due = NONE;
        pending = false;
        rdpmcRefused = false;
    }

    @Override
    public void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        rdpmcRefused = currentPrivilegeLevel != 0 && !cr4Pce && cr0Pe;
    }

    /* ------------------------------------------------------------- registers */

    @Override
    public long rdmsr(int address) {
        if (address >>> BroadwellRegisterMap.ADDRESS_BITS == 0) {
            int word = wordOf[address];
            if (word >= 0) {
                return words[word];
            }
        }
        throw fault.on(Access.RDMSR, address, 0);
    }

    @Override
    public void wrmsr(int address, long value) {
        if (address >>> BroadwellRegisterMap.ADDRESS_BITS != 0) {
            throw fault.on(Access.WRMSR, address, value);
        }
        int rule = ruleOf[address];
        int word = wordOf[address];
        if (rule == BroadwellRegisterMap.STORE) {
            words[word] = checked(address, value, forbidden[word]);
            return;
        }
        switch (rule) {
            case BroadwellRegisterMap.SELECT -> {
                words[word] = checked(address, value, forbidden[word]);
                written |= 1 << word - BroadwellRegisterMap.EVENT_SELECT;
            }
            case BroadwellRegisterMap.SIGN_EXTEND -> words[word] = (int) value & COUNTER;
            case BroadwellRegisterMap.TRUNCATE -> words[word] = value & COUNTER;
            case BroadwellRegisterMap.CLEAR_STATUS -> words[BroadwellRegisterMap.GLOBAL_STATUS]
                    &= ~checked(address, value, forbidden[BroadwellRegisterMap.GLOBAL_STATUS]);
            case BroadwellRegisterMap.KEEP -> {
                // nothing of it can be written, and nothing faults
            }
            case BroadwellRegisterMap.CANONICAL -> words[word] = canonical(address, value);
            default -> throw fault.on(Access.WRMSR, address, value);
        }
    }

    private long checked(int address, long value, long refused) {
        if ((value & refused) != 0) {
            throw fault.on(Access.WRMSR, address, value);
        }
        return value;
    }

    private long canonical(int address, long value) {
        if (value << 16 >> 16 != value) {
            throw fault.on(Access.WRMSR, address, value);
        }
        return value;
    }

    @Override
    public long rdpmc(int ecx) {
        if (!rdpmcRefused) {
            if (ecx >= 0 && ecx < programmable) {
                return words[ecx];
            }
            int fixed = ecx ^ FIXED_RDPMC;
            if (fixed >= 0 && fixed < 3) {
                return words[BroadwellRegisterMap.FIXED_CTR + fixed];
            }
        }
        throw fault.on(Access.RDPMC, ecx, 0);
    }

    /* ------------------------------------------------------------- work */

    @Override
    public long run(Step step, long from) {
        return run(step, from, false);
    }

    @Override
    public long runSibling(Step step, long from) {
        return run(step, from, true);
    }

    private long run(Step step, long from, boolean ofSibling) {
        long end = step.cycles();
        long at = from;
        while (at < end) {
            int counting = counting(step, ofSibling);
            long to = due < 0 || due > end - at ? end : at + due;
            int before = edges;
            int asked = 0;
            if (count(step, counting, before, at, to) >>> WIDTH != 0) {
                asked = (lvtpc & PmuHardware.LVTPC_MASKED) == 0 ? carries(counting) & selectors.asking : 0;
                if (asked != 0 && (due < 0 && !pending || canFreeze())) {
                    takeBack(step, counting, before, at, to);
                    to = firstOverflow(step, asked, before, at, to);
                    count(step, counting, before, at, to);
                }
                overflow(carries(counting));
            }
            tick(to - at);
            if (due >= 0) {
                due -= to - at;
            }
            at = to;
            if (asked != 0) {
                accept();
            }
            if (due == 0) {
                due = NONE;
                pending = true;
                return at;
            }
        }
        return at;
    }

    /* ------------------------------------------------------------- the interrupt */

    private boolean canFreeze() {
        long control = words[BroadwellRegisterMap.DEBUGCTL];
        return (control & FREEZE_COUNTERS) != 0 && words[BroadwellRegisterMap.GLOBAL_CTRL] != 0
                || (control & FREEZE_BRANCHES) != 0 && (control & 1) != 0;
    }

    private void accept() {
        lvtpc |= PmuHardware.LVTPC_MASKED;
        long control = words[BroadwellRegisterMap.DEBUGCTL];
        if ((control & FREEZE_COUNTERS) != 0) {
            words[BroadwellRegisterMap.GLOBAL_CTRL] &= ~ALL_COUNTERS;
        }
        if ((control & FREEZE_BRANCHES) != 0) {
            words[BroadwellRegisterMap.DEBUGCTL] = control & ~1;
        }
        if (due < 0 && !pending) {
            due = skid;
        }
    }

    @Override
    public void pmiSkid(long cycles) {
        if (cycles < 0) {
            throw new IllegalArgumentException("a skid of " + cycles + " cycles");
        }
        skid = cycles;
    }

    @Override
    public int lvtpc() {
        return lvtpc;
    }

    @Override
    public void lvtpc(int entry) {
        lvtpc = entry & LVTPC_WRITABLE;
    }

    @Override
    public boolean pmiPending() {
        return pending;
    }

    @Override
    public boolean takePmi() {
        boolean taken = pending;
        pending = false;
        return taken;
    }
}
