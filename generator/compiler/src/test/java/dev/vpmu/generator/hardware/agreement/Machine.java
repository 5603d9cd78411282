package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.generator.hardware.naive.NaiveFault;
import dev.vpmu.generator.hardware.naive.NaiveStep;
import dev.vpmu.runtime.registers.GeneralProtectionFault;

/** One implementation of a CPU's PMU, or of two siblings', as something that programs run on. */
public abstract class Machine {

    /** A refused access, as an outcome: no access of ours gives it as a value often enough to matter, and then the registers tell. */
    static final long FAULT = 0xDEAD_FA17_DEAD_FA17L;

    private static final int THREADS = 2;

    private final NaiveStep[] steps = new NaiveStep[THREADS];
    private final boolean[] ofSibling = new boolean[THREADS];
    private final long[] at = new long[THREADS];

    abstract long rdmsr(int thread, int address) throws NaiveFault;

    abstract void wrmsr(int thread, int address, long value) throws NaiveFault;

    abstract long rdpmc(int thread, int ecx) throws NaiveFault;

    abstract void reset(int thread);

    abstract void privilege(int thread, int level, boolean pce, boolean pe);

    abstract int lvtpc(int thread);

    abstract void lvtpc(int thread, int entry);

    abstract void skid(int thread, long cycles);

    abstract boolean pending(int thread);

    abstract boolean take(int thread);

    abstract long run(int thread, NaiveStep step, long from, boolean bySibling);

    /** Which implementation it is. */
    @Override
    public abstract String toString();

    /** What the operation gives: a value, {@link #FAULT}, the cycle before which a step stopped; and what else can be seen at once. */
    final long outcome(Operation operation) {
        try {
            return perform(operation);
        } catch (GeneralProtectionFault | NaiveFault fault) {
            return FAULT;
        }
    }

    private long perform(Operation operation) throws NaiveFault {
        int thread = operation.thread();
        if (operation instanceof Operation.Rdmsr read) {
            return rdmsr(thread, read.address());
        } else if (operation instanceof Operation.Wrmsr write) {
            wrmsr(thread, write.address(), write.value());
        } else if (operation instanceof Operation.Rdpmc read) {
            return rdpmc(thread, read.ecx());
        } else if (operation instanceof Operation.Lvtpc write) {
            lvtpc(thread, write.entry());
        } else if (operation instanceof Operation.Take) {
            return take(thread) ? 1 : 0;
        } else if (operation instanceof Operation.Privilege privilege) {
            privilege(thread, privilege.level(), privilege.pce(), privilege.pe());
        } else if (operation instanceof Operation.Skid skid) {
            skid(thread, skid.cycles());
        } else if (operation instanceof Operation.Reset) {
            reset(thread);
        } else if (operation instanceof Operation.Begin begin) {
            steps[thread] = begin.step();
            ofSibling[thread] = begin.ofSibling();
            at[thread] = 0;
            return goOn(thread);
        } else if (operation instanceof Operation.GoOn) {
            return goOn(thread);
        }
        return 0;
    }

    private long goOn(int thread) {
        NaiveStep step = steps[thread];
        if (step != null && at[thread] < step.cycles()) {
            at[thread] = run(thread, step, at[thread], ofSibling[thread]);
        }
        return at[thread];
    }
}
