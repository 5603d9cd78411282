package dev.vpmu.runtime.perf;

import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.registers.PmuRegisters;

/** perf of four counters that count nothing, on which events with an odd config take two. */
final class FourCounters extends PerfCore {

    private static final long ALL = 0xF;

    private final long[] values = new long[4];
    /** What each counter has been started with; 0 if it is stopped. */
    final long[] programmed = new long[4];

    FourCounters(PerfSystem system) {
        super(system, new NoRegisters(), new NoEntry(), () -> 0, new CounterGeometry(ALL, 0, ALL, ALL, 0, 0));
    }

    @Override
    protected long allowed(long config, int precise) {
        return ALL;
    }

    @Override
    protected int traits(long config, int precise) {
        return (config & 1) == 0 ? 0 : PAIRED;
    }

    @Override
    protected long partner(long config, int precise) {
        return config + 1;
    }

    @Override
    protected long leastPeriod(long config, int precise) {
        return 0;
    }

    @Override
    protected long zeroBitsOfPeriod(long config, int precise) {
        return 0;
    }

    @Override
    protected void start(int counter, long config, int modes) {
        programmed[counter] = config;
    }

    @Override
    protected void stop(int counter, long config) {
        programmed[counter] = 0;
    }

    @Override
    protected long read(int counter) {
        return values[counter];
    }

    @Override
    protected void write(int counter, long value) {
        values[counter] = value;
    }

    @Override
    protected int width(int counter) {
        return 48;
    }

    @Override
    protected long longestPeriod(int counter) {
        return (1L << 47) - 1;
    }

    @Override
    protected void disableAll(long precise) {
    }

    @Override
    protected void enableAll(long counters, long precise) {
    }

    @Override
    protected void clearStatus(long counters) {
    }

    @Override
    protected int handlePmi(boolean enabled) {
        return 0;
    }

    @Override
    protected EventAttributes.Builder cycles() {
        return null;
    }

    @Override
    protected long control(int counter) {
        return programmed[counter];
    }

    @Override
    protected boolean isEnabled(int counter, long control) {
        return control != 0;
    }

    @Override
    protected int modes(int counter, long control) {
        return USER | KERNEL;
    }

    @Override
    protected long config(int counter, long control) {
        return control;
    }

    @Override
    protected long enabledGlobally() {
        return ALL;
    }

    @Override
    protected EventAttributes.Builder counted(int counter) {
        throw new IllegalArgumentException("no counter without a selector " + counter);
    }

    @Override
    protected long countedEvent(int counter) {
        return -1;
    }

    @Override
    protected int counterAt(int address) {
        return -1;
    }

    @Override
    protected int counterOfRdpmc(int ecx) {
        return ecx;
    }

    @Override
    protected int eventCode(long config) {
        return (int) config;
    }

    @Override
    protected int unitMask(long config) {
        return 0;
    }

    @Override
    protected String name(int counter) {
        return "counter " + counter;
    }

    @Override
    protected int index(int counter) {
        return counter;
    }

    private record NoRegisters() implements PmuRegisters {

        @Override
        public long rdmsr(int address) {
            return 0;
        }

        @Override
        public void wrmsr(int address, long value) {
        }

        @Override
        public long rdpmc(int ecx) {
            return 0;
        }
    }

    private record NoEntry() implements LvtEntry {

        @Override
        public int lvtpc() {
            return 0;
        }

        @Override
        public void lvtpc(int entry) {
        }
    }
}
