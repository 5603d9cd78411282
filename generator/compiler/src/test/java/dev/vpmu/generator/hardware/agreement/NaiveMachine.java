package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.generator.hardware.naive.NaiveFault;
import dev.vpmu.generator.hardware.naive.NaivePmu;
import dev.vpmu.generator.hardware.naive.NaiveStep;

/** The model that walks cycle by cycle, one or two siblings. */
final class NaiveMachine extends Machine {

    private final NaivePmu[] threads;

    NaiveMachine(NaivePmu... threads) {
        this.threads = threads;
        if (threads.length == 2) {
            NaivePmu.pair(threads[0], threads[1]);
        }
    }

    @Override
    long rdmsr(int thread, int address) throws NaiveFault {
        return threads[thread].rdmsr(address);
    }

    @Override
    void wrmsr(int thread, int address, long value) throws NaiveFault {
        threads[thread].wrmsr(address, value);
    }

    @Override
    long rdpmc(int thread, int ecx) throws NaiveFault {
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
        threads[thread].skid(cycles);
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
        return bySibling ? threads[thread].runSibling(step, from) : threads[thread].run(step, from);
    }

    @Override
    public String toString() {
        return "NaivePmu";
    }
}
