package dev.vpmu.generator.machine;

import dev.vpmu.runtime.vpmu.VcpuPort;
import dev.vpmu.runtime.vpmu.VirtualPmu;
import java.util.ArrayList;
import java.util.List;

/** A virtual PMU that writes down what it is called for, reads as 7 everywhere, and does with its work what a test says. */
final class StubPmu implements VirtualPmu {

    static final long VALUE = 7;

    final VcpuPort port;
    /** What {@link #work()} does. */
    Runnable work = () -> { };
    private final List<String> calls = new ArrayList<>();

    StubPmu(VcpuPort port) {
        this.port = port;
    }

    /** The calls since the last time. */
    List<String> take() {
        List<String> taken = new ArrayList<>(calls);
        calls.clear();
        return taken;
    }

    @Override
    public void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        calls.add("ring " + currentPrivilegeLevel);
    }

    @Override
    public void work() {
        calls.add("work");
        work.run();
    }

    @Override
    public long counting(Retired what) {
        return 0;
    }

    @Override
    public void retired(long counters) {
    }

    @Override
    public void load() {
        calls.add("load");
    }

    @Override
    public void put() {
        calls.add("put");
    }

    @Override
    public void scheduledIn() {
        calls.add("scheduled in");
    }

    @Override
    public void scheduledOut() {
        calls.add("scheduled out");
    }

    @Override
    public void reset() {
        calls.add("reset");
    }

    @Override
    public long rdmsr(int address) {
        calls.add("rdmsr");
        return VALUE;
    }

    @Override
    public void wrmsr(int address, long value) {
        calls.add("wrmsr");
    }

    @Override
    public long rdpmc(int ecx) {
        calls.add("rdpmc");
        return VALUE;
    }
}
