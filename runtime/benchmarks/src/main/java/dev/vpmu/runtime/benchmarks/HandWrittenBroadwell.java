package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.Beat;
import dev.vpmu.runtime.hardware.Pattern;
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
public final class HandWrittenBroadwell implements WorkingRegisters {

    private static final long COUNTER = 0xFFFF_FFFF_FFFFL;
    private static final int WIDTH = 48;
    private static final int EVERY_SELECTOR = 0x1FF;
    private static final long FREEZE_COUNTERS = 1L << 12;
    private static final long FREEZE_BRANCHES = 1L << 11;
    private static final long ALL_COUNTERS = 0x7_0000_00FFL;
    private static final int LVTPC_WRITABLE = PmuHardware.LVTPC_MASKED | 0x7FF;
    private static final long NONE = -1;
    private static final int FIXED_RDPMC = 0x4000_0000;
    private static final int BUS_RATIO = 22;
    private static final Pattern EVERY_CYCLE = new Beat(1, 1);
    private static final Pattern BUS_CLOCK = new Beat(1, BUS_RATIO);

    private final byte[] wordOf;
    private final byte[] ruleOf;
    private final long[] forbidden;
    private final int programmable;
    private final long[] words = new long[BroadwellRegisterMap.WORDS];
    private final BroadwellSelectors selectors = new BroadwellSelectors();
    private final GeneralProtectionFault fault = new GeneralProtectionFault();

    /** Of the selectors and the fixed counters' control those that {@link #selectors} has not seen yet. */
    private int written;
    /** The counters whose condition held in the last cycle, of those that look for edges. */
    private int edges;
    /** Cycles since reset, but for multiples of the bus's ratio. */
    private long coreCycle;
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
        written = EVERY_SELECTOR;
        edges = 0;
        coreCycle = 0;
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
        if (address >>> 11 == 0) {
            int word = wordOf[address];
            if (word >= 0) {
                return words[word];
            }
        }
        throw fault.on(Access.RDMSR, address, 0);
    }

    @Override
    public void wrmsr(int address, long value) {
        if (address >>> 11 != 0) {
            throw fault.on(Access.WRMSR, address, value);
        }
        int word = wordOf[address];
        switch (ruleOf[address]) {
            case BroadwellRegisterMap.STORE -> words[word] = checked(address, value, forbidden[word]);
            case BroadwellRegisterMap.SELECT -> {
                words[word] = checked(address, value, forbidden[word]);
                written |= 1 << word - BroadwellRegisterMap.EVENT_SELECT;
            }
            case BroadwellRegisterMap.SIGN_EXTEND -> words[word] = (int) value & COUNTER;
            case BroadwellRegisterMap.TRUNCATE -> words[word] = value & COUNTER;
            case BroadwellRegisterMap.CLEAR_STATUS -> words[BroadwellRegisterMap.GLOBAL_STATUS]
                    &= ~checked(address, value, forbidden[BroadwellRegisterMap.GLOBAL_STATUS]);
            case BroadwellRegisterMap.KEEP_RESERVED -> words[word] = words[word] & ~0x1800L | value & 0x1800L;
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
            if (Integer.compareUnsigned(ecx, programmable) < 0) {
                return words[ecx];
            }
            if (Integer.compareUnsigned(ecx - FIXED_RDPMC, 3) < 0) {
                return words[BroadwellRegisterMap.FIXED_CTR + ecx - FIXED_RDPMC];
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
            if (written != 0) {
                selectors.read(words, written);
                written = 0;
            }
            int counting = selectors.counting(step, ofSibling) & enabled();
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
            passed(to - at);
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

    /** The counters that the global control lets count. */
    private int enabled() {
        long control = words[BroadwellRegisterMap.GLOBAL_CTRL];
        return (int) control | (int) (control >>> 32) << BroadwellRegisterMap.FIXED_CTR;
    }

    private void passed(long cycles) {
        coreCycle += cycles;
        if (coreCycle > Pattern.LONGEST) {
            coreCycle %= BUS_RATIO;
        }
        if (due >= 0) {
            due -= cycles;
        }
    }

    /**
     * Lets counters count cycles {@code from} to before {@code to}. Counters that overflow are left with the carry above their width.
     *
     * @return bits that one of the counters has, or had
     */
    private long count(Step step, int counting, int before, long from, long to) {
        long[] words = this.words;
        long all = 0;
        edges = 0;
        int plain = counting & selectors.occurrences;
        long[] events = selectors.events;
        if ((plain & 1) != 0) {
            all |= words[0] += step.pattern(events[0]).occurrences(from, to);
        }
        if ((plain & 2) != 0) {
            all |= words[1] += step.pattern(events[1]).occurrences(from, to);
        }
        if ((plain & 4) != 0) {
            all |= words[2] += step.pattern(events[2]).occurrences(from, to);
        }
        if ((plain & 8) != 0) {
            all |= words[3] += step.pattern(events[3]).occurrences(from, to);
        }
        if ((plain & 16) != 0) {
            all |= words[4] += step.pattern(events[4]).occurrences(from, to);
        }
        if ((plain & 32) != 0) {
            all |= words[5] += step.pattern(events[5]).occurrences(from, to);
        }
        if ((plain & 64) != 0) {
            all |= words[6] += step.pattern(events[6]).occurrences(from, to);
        }
        if ((plain & 128) != 0) {
            all |= words[7] += step.pattern(events[7]).occurrences(from, to);
        }
        if ((plain & 256) != 0) {
            all |= words[8] += step.pattern(events[8]).occurrences(from, to);
        }
        int clocks = counting & selectors.cycles;
        if ((clocks & 1 << 9) != 0) {
            all |= words[9] += to - from;
        }
        if ((clocks & 1 << 10) != 0) {
            all |= words[10] += to - from;
        }
        for (int left = clocks & 0xFF; left != 0; left &= left - 1) {
            all |= words[Integer.numberOfTrailingZeros(left)] += to - from;
        }
        for (int left = counting & ~(selectors.occurrences | selectors.cycles); left != 0; left &= left - 1) {
            int counter = Integer.numberOfTrailingZeros(left);
            all |= words[counter] += special(step, counter, before, from, to);
        }
        return all;
    }

    /** The counters that have a carry. */
    private int carries(int counting) {
        int carries = 0;
        for (int left = counting; left != 0; left &= left - 1) {
            int counter = Integer.numberOfTrailingZeros(left);
            carries |= words[counter] >>> WIDTH == 0 ? 0 : 1 << counter;
        }
        return carries;
    }

    /** Moves carries to the status. */
    private void overflow(int carries) {
        for (int left = carries; left != 0; left &= left - 1) {
            words[Integer.numberOfTrailingZeros(left)] &= COUNTER;
        }
        words[BroadwellRegisterMap.GLOBAL_STATUS] |= carries & 0xFF | (long) (carries >>> BroadwellRegisterMap.FIXED_CTR) << 32;
    }

    private void takeBack(Step step, int counted, int before, long from, long to) {
        for (int left = counted; left != 0; left &= left - 1) {
            int counter = Integer.numberOfTrailingZeros(left);
            if ((selectors.occurrences >>> counter & 1) != 0) {
                words[counter] -= step.pattern(selectors.events[counter]).occurrences(from, to);
            } else if ((selectors.cycles >>> counter & 1) != 0) {
                words[counter] -= to - from;
            } else {
                words[counter] -= special(step, counter, before, from, to);
            }
        }
        edges = before;
    }

    private Pattern pattern(Step step, int counter) {
        return step.pattern(selectors.events[counter], words[selectors.extras[counter]]);
    }

    private Pattern anyPattern(Step step, int counter) {
        int bit = 1 << counter;
        return (selectors.coreClock & bit) != 0 ? EVERY_CYCLE : (selectors.busClock & bit) != 0 ? BUS_CLOCK : pattern(step, counter);
    }

    /** How far the bus's clock, which goes on whatever the step, is ahead of the step. */
    private long ahead(int counter, long from) {
        return (selectors.busClock >>> counter & 1) != 0 ? coreCycle - from : 0;
    }

    private long special(Step step, int counter, int before, long from, long to) {
        Pattern pattern = anyPattern(step, counter);
        long condition = selectors.conditions[counter];
        long ahead = ahead(counter, from);
        int bit = 1 << counter;
        boolean edge = (selectors.edge & bit) != 0;
        if (edge && pattern.holds(condition, to - 1 + ahead)) {
            edges |= bit;
        }
        return pattern.count(condition, edge, (before & bit) != 0, from + ahead, to + ahead);
    }

    /** The end of the first cycle in which one of the counters, all of which are going to, overflows. */
    private long firstOverflow(Step step, int counters, int before, long from, long to) {
        long end = to;
        for (int left = counters; left != 0; left &= left - 1) {
            int counter = Integer.numberOfTrailingZeros(left);
            long ahead = ahead(counter, from);
            long cycle = anyPattern(step, counter).overflow(selectors.conditions[counter], (selectors.edge >>> counter & 1) != 0,
                    (before >>> counter & 1) != 0, COUNTER - words[counter], from + ahead, end + ahead) - ahead;
            end = Math.min(cycle + 1, end);
        }
        return end;
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
