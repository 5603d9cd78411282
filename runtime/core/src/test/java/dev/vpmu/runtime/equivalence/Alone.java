package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.vpmu.MsrSwitch;

/**
 * A guest's program on a CPU of its own, with nothing between it and the hardware. Time is that of its steps; an access to a register is
 * an instruction and nothing else, counted by the controls that it found.
 */
final class Alone extends Side {

    private static final long INSTRUCTIONS = 0xC0;
    private static final long BRANCHES = 0xC4;
    /** What a selector says that counts something else than every occurrence, outside transactions, of an event. */
    private static final long PLAIN = ~(Msr.USER | Msr.KERNEL | Msr.PIN | Msr.INTERRUPT | Msr.ENABLE | Msr.CHECKPOINTED);

    final PmuHardware hardware;

    private final int general;
    private final MsrSwitch msrs;
    private long asking;

    /** @param msrs which accesses a hypervisor would carry out: what it does not is no instruction of its */
    Alone(Subject subject, long skid, MsrSwitch msrs) {
        super(subject.counters());
        this.msrs = msrs;
        hardware = subject.cpu().hardware(subject.smt());
        hardware.pmiSkid(skid);
        general = subject.general();
    }

    /* ------------------------------------------------------------- instructions that a hypervisor would carry out */

    /** The counters that count an event once more if it occurs now; those that ask for a PMI are noted. */
    private long counting(long event) {
        long global = hardware.rdmsr(Msr.GLOBAL_CTRL);
        long counting = 0;
        asking = 0;
        long ofRing = ring() == 0 ? Msr.KERNEL : Msr.USER;
        for (int i = 0; i < general; i++) {
            if ((global >>> i & 1) != 0) {
                long selector = hardware.rdmsr(Msr.EVENTSEL + i);
                if ((selector & PLAIN) == event && (selector & Msr.ENABLE) != 0 && (selector & ofRing) != 0) {
                    counting |= 1L << i;
                    asking |= (selector & Msr.INTERRUPT) != 0 ? 1L << i : 0;
                }
            }
        }
        if (event == INSTRUCTIONS && (global >>> Msr.FIXED & 1) != 0) {
            long control = hardware.rdmsr(Msr.FIXED_CTR_CTRL);
            if ((control & (ring() == 0 ? 1 : 2)) != 0) {
                counting |= 1L << Msr.FIXED;
                asking |= (control & 8) != 0 ? 1L << Msr.FIXED : 0;
            }
        }
        return counting;
    }

    private void retire(long counting) {
        for (long rest = counting; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            int address = Msr.fullWidth(counter);
            long next = hardware.rdmsr(address) + 1 << 16 >>> 16;
            hardware.wrmsr(address, next);
            if (next == 0) {
                hardware.overflow(1L << counter);
                if ((asking >>> counter & 1) != 0) {
                    hardware.requestPmi();
                }
            }
        }
    }

    @Override
    long readMsr(int address) {
        long counting = msrs.isReadIntercepted(address) ? counting(INSTRUCTIONS) : 0;
        long value = hardware.rdmsr(address);
        retire(counting);
        return value;
    }

    @Override
    void writeMsr(int address, long value) {
        long counting = msrs.isWriteIntercepted(address) ? counting(INSTRUCTIONS) : 0;
        hardware.wrmsr(address, value);
        retire(counting);
    }

    @Override
    long readPmc(int ecx) {
        long counting = msrs.isRdpmcIntercepted() ? counting(INSTRUCTIONS) : 0;
        long value = hardware.rdpmc(ecx);
        retire(counting);
        return value;
    }

    @Override
    void retireCpuid() {
        retire(counting(INSTRUCTIONS));
    }

    @Override
    void emulateBranch() {
        retire(counting(BRANCHES));
        retire(counting(INSTRUCTIONS));
    }

    @Override
    boolean waitHalted() {
        retire(counting(INSTRUCTIONS));
        hardware.hurryPmi();
        return hardware.pmiPending();
    }

    /* ------------------------------------------------------------- the rest */

    @Override
    int readLvtpc() {
        return hardware.lvtpc();
    }

    @Override
    void writeLvtpc(int entry) {
        hardware.lvtpc(entry);
    }

    @Override
    long run(Step step, long from, long to) {
        return hardware.run(step, from, to);
    }

    @Override
    boolean isPending() {
        return hardware.pmiPending();
    }

    @Override
    boolean takePending() {
        return hardware.takePmi();
    }

    @Override
    void powerOn() {
        hardware.reset();
    }

    @Override
    void state(int level, boolean cr4Pce, boolean cr0Pe) {
        hardware.privilege(level, cr4Pce, cr0Pe);
    }
}
