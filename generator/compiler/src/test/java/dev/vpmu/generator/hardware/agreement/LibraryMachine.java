package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.generator.hardware.naive.NaiveStep;
import dev.vpmu.generator.hardware.suite.PmuUnderTest;

/** An implementation that runs the library's steps, one or two siblings. */
public final class LibraryMachine extends Machine {

    private final PmuUnderTest[] threads;

    /** One, or two siblings. */
    public LibraryMachine(PmuUnderTest... threads) {
        this.threads = threads;
        if (threads.length == 2) {
            threads[0].pairWith(threads[1]);
        }
    }

    @Override
    long rdmsr(int thread, int address) {
        return threads[thread].rdmsr(address);
    }

    @Override
    void wrmsr(int thread, int address, long value) {
        threads[thread].wrmsr(address, value);
    }

    @Override
    long rdpmc(int thread, int ecx) {
        return threads[thread].rdpmc(ecx);
    }

    @Override
    void reset(int thread) {
        threads[thread].reset();
    }

    @Override
    void privilege(int thread, int level, boolean pce, boolean pe) {
        threads[thread].privilege(level, pce, pe);
    }

    @Override
    int lvtpc(int thread) {
        return threads[thread].lvtpc();
    }

    @Override
    void lvtpc(int thread, int entry) {
        threads[thread].lvtpc(entry);
    }

    @Override
    void skid(int thread, long cycles) {
        threads[thread].pmiSkid(cycles);
    }

    @Override
    boolean pending(int thread) {
        return threads[thread].pmiPending();
    }

    @Override
    boolean take(int thread) {
        return threads[thread].takePmi();
    }

    @Override
    long run(int thread, NaiveStep step, long from, boolean bySibling) {
        return bySibling ? threads[thread].runSibling(Steps.of(step), from) : threads[thread].run(Steps.of(step), from);
    }

    @Override
    public String toString() {
        return threads[0].getClass().getSimpleName();
    }
}
