package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PmiCallback;
import dev.vpmu.runtime.perf.Yielding;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.GeneralProtectionFault.Access;
import dev.vpmu.runtime.registers.PmuRegisters;
import dev.vpmu.runtime.vpmu.MsrSwitch;
import dev.vpmu.runtime.vpmu.VcpuPort;
import dev.vpmu.runtime.vpmu.VirtualPmu;

/**
 * The register-oriented virtual PMU of Broadwell-EP by hand, as quick as it gets in Java: what a generated one is measured against. One
 * class over primitive fields; it owes nothing to the generator, nor to what generated ones extend.
 */
public final class HandWrittenVpmu implements VirtualPmu, PmiCallback {

    private static final int PMC = 0xC1;
    private static final int EVENT_SELECT = 0x186;
    private static final int MISC_ENABLE = 0x1A0;
    private static final int DEBUGCTL = 0x1D9;
    private static final int FIXED_CTR = 0x309;
    private static final int CAPABILITIES = 0x345;
    private static final int FIXED_CTRL = 0x38D;
    private static final int GLOBAL_STATUS = 0x38E;
    private static final int GLOBAL_CTRL = 0x38F;
    private static final int OVERFLOW_CTRL = 0x390;
    private static final int PEBS_ENABLE = 0x3F1;
    private static final int EXIT_CONTROLS = 0x48F;
    private static final int FULL_WIDTH_PMC = 0x4C1;
    private static final int RDPMC_FIXED = 0x4000_0000;

    /** Registers of one array are in one block of 16. */
    private static final int BLOCK = 4;
    private static final int FIXED = 32;
    private static final long ALL_FIXED = 0x7_0000_0000L;
    private static final long WIDTH = 0xFFFF_FFFF_FFFFL;

    private static final int USER_BIT = 16;
    private static final int INTERRUPT_BIT = 20;
    private static final int ENABLE_BIT = 22;
    private static final long INTERRUPT_OR_ENABLE = 0x50_0000L;
    /** Event, unit mask and what makes it count something else than each occurrence: edge, invert, threshold, in transactions only. */
    private static final long COUNTED = 0x1_FF84_FFFFL;
    private static final long INSTRUCTIONS = 0xC0;
    private static final long BRANCHES = 0xC4;
    /** Without the bit for any thread; with the one for checkpoints on counter 2 only. */
    private static final long SELECTABLE = 0x1_FFDF_FFFFL;
    private static final long SELECTABLE_2 = 0x3_FFDF_FFFFL;
    private static final long FIXED_SELECTABLE = 0xBBB;
    /** Neither branch records nor freezing on a PMI. */
    private static final long DEBUG_BITS = 0xE7C2;
    private static final long OTHER_STATUS = 0xE080_0000_0000_0000L;

    private static final Yielding YIELDING = new Yielding(true, true, true, true, true, true);

    private final VcpuPort vcpu;
    private final MsrSwitch msrs;
    private final GeneralProtectionFault fault = new GeneralProtectionFault();
    private final int general;
    private final long counters;
    private PerfCore perf;
    private PmuRegisters hardware;

    private final GuestCounters guest = new GuestCounters();
    private long global;
    private long status;
    private long debugControl;

    private long owned;
    private long remembered;
    // what the control words say of counters, as masks
    private long wanted;
    private long asking;
    private long instructionsOfKernel;
    private long instructionsOfUser;
    private long branchesOfKernel;
    private long branchesOfUser;

    private long askedBefore;
    private boolean userMode;
    private boolean mayRdpmc = true;

    /** After reset, of a vCPU that has not had a CPU. */
    public HandWrittenVpmu(VcpuPort vcpu, boolean smt) {
        this.vcpu = vcpu;
        this.msrs = vcpu.msrSwitch();
        this.general = smt ? 4 : 8;
        this.counters = ALL_FIXED | (1L << general) - 1;
        msrs.hostPerf(MsrSwitch.HostPerf.NOTHING);
        clear();
    }

    private void clear() {
        guest.reset();
        global = (1L << general) - 1;
        status = 0;
        debugControl = 0;
        remembered = 0;
        wanted = 0;
        asking = 0;
        instructionsOfKernel = 0;
        instructionsOfUser = 0;
        branchesOfKernel = 0;
        branchesOfUser = 0;
    }

    /** The counters that the guest owns. */
    public long owned() {
        return owned;
    }

    @Override
    public void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        userMode = currentPrivilegeLevel != 0;
        mayRdpmc = !userMode || cr4Pce || !cr0Pe;
    }

    /* ------------------------------------------------------------- reading */

    @Override
    public long rdmsr(int address) {
        switch (address) {
            case GLOBAL_STATUS:
                return owned == 0 ? status : status | hardware.rdmsr(GLOBAL_STATUS) & owned;
            case GLOBAL_CTRL:
                return global;
            case OVERFLOW_CTRL, EXIT_CONTROLS:
                return 0;
            case FIXED_CTRL:
                return guest.fixedControl;
            case FIXED_CTR, FIXED_CTR + 1, FIXED_CTR + 2:
                return value(FIXED + address - FIXED_CTR, address);
            case DEBUGCTL:
                return debugControl;
            case MISC_ENABLE:
                return 0x80;
            case CAPABILITIES:
                return 0x2000;
            default:
        }
        int counter = address - PMC;
        if (counter >= 0 && counter < general) {
            return value(counter, address);
        }
        counter = address - EVENT_SELECT;
        if (counter >= 0 && counter < general) {
            return guest.selectors[counter];
        }
        counter = address - FULL_WIDTH_PMC;
        if (counter >= 0 && counter < general) {
            return value(counter, address);
        }
        throw fault.on(Access.RDMSR, address, 0);
    }

    private long value(int counter, int address) {
        return (owned >>> counter & 1) != 0 ? hardware.rdmsr(address) : guest.values[counter];
    }

    @Override
    public long rdpmc(int ecx) {
        if (mayRdpmc) {
            if (ecx >= 0 && ecx < general) {
                return (owned >>> ecx & 1) != 0 ? hardware.rdpmc(ecx) : guest.values[ecx];
            }
            int counter = ecx - RDPMC_FIXED + FIXED;
            if (counter >= FIXED && counter < FIXED + 3) {
                return (owned >>> counter & 1) != 0 ? hardware.rdpmc(ecx) : guest.values[counter];
            }
        }
        throw fault.on(Access.RDPMC, ecx, 0);
    }

    /* ------------------------------------------------------------- writing */

    @Override
    public void wrmsr(int address, long value) {
        switch (address >>> BLOCK) {
            case 0xC -> {
                int counter = index(address, PMC, value);
                write(counter, (int) value & WIDTH, FULL_WIDTH_PMC + counter);
            }
            case 0x18 -> {
                int counter = index(address, EVENT_SELECT, value);
                check(address, value, counter == 2 ? SELECTABLE_2 : SELECTABLE);
                select(counter, value);
            }
            case 0x4C -> {
                int counter = index(address, FULL_WIDTH_PMC, value);
                check(address, value, WIDTH);
                write(counter, value, address);
            }
            case 0x38 -> writeControl(address, value);
            case 0x39 -> {
                if (address != OVERFLOW_CTRL) {
                    throw fault.on(Access.WRMSR, address, value);
                }
                acknowledge(value);
            }
            default -> writeOther(address, value);
        }
    }

    private void writeControl(int address, long value) {
        if (address == GLOBAL_CTRL) {
            check(address, value, counters);
            global = value;
        } else if (address == FIXED_CTRL) {
            control(value);
        } else {
            throw fault.on(Access.WRMSR, address, value);
        }
    }

    /** The counter of an address in an array. */
    private int index(int address, int first, long value) {
        int counter = address - first;
        if (counter < 0 || counter >= general) {
            throw fault.on(Access.WRMSR, address, value);
        }
        return counter;
    }

    private void writeOther(int address, long value) {
        switch (address) {
            case FIXED_CTR, FIXED_CTR + 1, FIXED_CTR + 2 -> write(FIXED + address - FIXED_CTR, value & WIDTH, address);
            case DEBUGCTL -> {
                check(address, value, DEBUG_BITS);
                debugControl = value;
            }
            case MISC_ENABLE -> { }
            default -> throw fault.on(Access.WRMSR, address, value);
        }
    }

    private void check(int address, long value, long mask) {
        if ((value & ~mask) != 0) {
            throw fault.on(Access.WRMSR, address, value);
        }
    }

    private void write(int counter, long value, int address) {
        guest.values[counter] = value;
        if ((owned >>> counter & 1) != 0) {
            hardware.wrmsr(address, value);
        }
    }

    private void acknowledge(long value) {
        check(OVERFLOW_CTRL, value, counters | OTHER_STATUS);
        if (owned != 0) {
            merge(owned & value);
        }
        status &= ~value;
    }

    private void select(int counter, long selector) {
        long own = 1L << counter;
        boolean has = (owned & own) != 0;
        if (has && ((guest.selectors[counter] ^ selector) & INTERRUPT_OR_ENABLE) != 0) {
            merge(own);
        }
        guest.selectors[counter] = selector;
        long wants = selector >>> ENABLE_BIT & 1;
        wanted = wanted & ~own | wants << counter;
        asking = asking & ~own | (selector >>> INTERRUPT_BIT & 1) << counter;
        long counted = selector & COUNTED;
        long instructions = (counted == INSTRUCTIONS ? wants : 0) << counter;
        long branches = (counted == BRANCHES ? wants : 0) << counter;
        long user = -(selector >>> USER_BIT & 1);
        long kernel = -(selector >>> USER_BIT + 1 & 1);
        instructionsOfKernel = instructionsOfKernel & ~own | instructions & kernel;
        instructionsOfUser = instructionsOfUser & ~own | instructions & user;
        branchesOfKernel = branchesOfKernel & ~own | branches & kernel;
        branchesOfUser = branchesOfUser & ~own | branches & user;
        if (has) {
            if (wants != 0) {
                hardware.wrmsr(EVENT_SELECT + counter, selector);
            } else {
                giveBack(own);
            }
        } else if (wants != 0) {
            take(own);
        }
    }

    private void control(long value) {
        check(FIXED_CTRL, value, FIXED_SELECTABLE);
        long changed = guest.fixedControl ^ value;
        long merged = bits(changed & 0x888 | (any(guest.fixedControl) ^ any(value))) & owned;
        if (merged != 0) {
            merge(merged);
        }
        guest.fixedControl = value;
        long wants = bits(any(value));
        wanted = wanted & ~ALL_FIXED | wants;
        asking = asking & ~ALL_FIXED | bits(value & 0x888);
        instructionsOfKernel = instructionsOfKernel & ~ALL_FIXED | (value & 1) << FIXED;
        instructionsOfUser = instructionsOfUser & ~ALL_FIXED | (value >>> 1 & 1) << FIXED;
        long stay = owned & wants;
        if ((wants & ~owned) != 0) {
            take(wants & ~owned);
        }
        if (stay != 0) {
            guest.program(hardware, stay);
        }
        giveBack(owned & ALL_FIXED & ~wants);
    }

    /** Of each part of the fixed counters' control one bit, the lowest: whether it enables its counter. */
    private static long any(long control) {
        return (control | control >>> 1) & 0x111;
    }

    /** The counters that have a bit in their part of the fixed counters' control. */
    private static long bits(long control) {
        return ((control & 0xF) != 0 ? 1L << FIXED : 0) | ((control & 0xF0) != 0 ? 2L << FIXED : 0) | ((control & 0xF00) != 0 ? 4L << FIXED : 0);
    }

    /* ------------------------------------------------------------- ownership */

    private void take(long more) {
        if (perf.mask(this, owned | more, YIELDING)) {
            guest.restore(hardware, more);
            owned |= more;
        } else if ((more & more - 1) == 0) {
            remembered |= more;
            vcpu.tell(VcpuPort.EventStep.REFUSED);
        } else {
            for (long rest = more; rest != 0; rest &= rest - 1) {
                take(rest & -rest);
            }
        }
    }

    private void giveBack(long given) {
        if (given == 0) {
            return;
        }
        guest.save(hardware, given);
        merge(given);
        guest.clear(hardware, given);
        owned &= ~given;
        perf.mask(this, owned, YIELDING);
    }

    private void merge(long among) {
        long overflows = hardware.rdmsr(GLOBAL_STATUS) & among;
        if (overflows != 0) {
            hardware.wrmsr(OVERFLOW_CTRL, overflows);
            overflowed(overflows);
        }
    }

    @Override
    public void overflowed(long overflows) {
        status |= overflows;
        if ((overflows & asking) != 0) {
            vcpu.request(VcpuPort.Request.PMI);
        }
    }

    /* ------------------------------------------------------------- emulated instructions */

    @Override
    public long counting(Retired what) {
        askedBefore = asking;
        long counting = what == Retired.INSTRUCTION ? userMode ? instructionsOfUser : instructionsOfKernel : userMode ? branchesOfUser : branchesOfKernel;
        return counting & global & owned;
    }

    @Override
    public void retired(long retiring) {
        for (long rest = retiring; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            if (increment(counter) == 0) {
                status |= rest & -rest;
                if ((rest & -rest & askedBefore) != 0) {
                    vcpu.request(VcpuPort.Request.PMI);
                }
            }
        }
    }

    private long increment(int counter) {
        if ((owned >>> counter & 1) == 0) {
            guest.values[counter] = guest.values[counter] + 1 & WIDTH;
            return guest.values[counter];
        }
        boolean isFixed = counter >= FIXED;
        long next = hardware.rdpmc(isFixed ? RDPMC_FIXED + counter - FIXED : counter) + 1 & WIDTH;
        hardware.wrmsr(isFixed ? FIXED_CTR + counter - FIXED : FULL_WIDTH_PMC + counter, next);
        return next;
    }

    /* ------------------------------------------------------------- coming and going */

    @Override
    public void runsOn(PerfCore hostPerf, PmuRegisters registers) {
        perf = hostPerf;
        hardware = registers;
    }

    @Override
    public void entering() {
        long inGuest = global & owned;
        long inHost = perf.enabledOutsideGuest() & ~owned;
        if (inGuest == inHost) {
            msrs.stopLoading(GLOBAL_CTRL);
        } else {
            msrs.control(GLOBAL_CTRL, inGuest, inHost);
        }
        long precise = perf.preciseOutsideGuest();
        if (precise == 0) {
            msrs.stopLoading(PEBS_ENABLE);
        } else {
            msrs.load(PEBS_ENABLE, 0, precise);
        }
    }

    @Override
    public void left() {
    }

    @Override
    public void load() {
        perf.register(this);
        long again = remembered & wanted;
        remembered = 0;
        if (again != 0) {
            take(again);
        }
    }

    @Override
    public void put() {
        remembered |= owned;
        giveBack(owned);
        perf.unregister();
    }

    @Override
    public void scheduledIn() {
    }

    @Override
    public void scheduledOut() {
    }

    @Override
    public void work() {
    }

    @Override
    public void reset() {
        giveBack(owned);
        clear();
    }
}
