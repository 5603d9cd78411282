package dev.vpmu.generator.perf.conservation;

import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PmiCallback;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.Map;
import java.util.TreeMap;

/** A guest on a CPU: the counters that it has reserved and programs itself, and what the work says that they hold. */
final class Guest implements PmiCallback {

    private static final int WIDEST_THAT_WRAPS = 61;

    private final PmuRegisters hardware;
    private final GuestRegisters registers;
    private final Rules rules;
    private final Map<Integer, Count> counts = new TreeMap<>();
    private long reserved;
    private boolean registered;
    private long called;

    /** What a counter counts, and has counted since it was programmed. */
    private static final class Count {
        private final GuestProgram program;
        private final Kind kind;
        private long total;
        private long told;
        private long pendingSince = -1;
        /** Whether nobody could be told when it overflowed. */
        private boolean excused;

        Count(GuestProgram program, Kind kind) {
            this.program = program;
            this.kind = kind;
        }
    }

    Guest(ConservedCpu cpu, PmuRegisters hardware) {
        this.hardware = hardware;
        this.registers = cpu.guestRegisters();
        this.rules = cpu.rules();
    }

    /** The counters that it has. */
    long reserved() {
        return reserved;
    }

    /** Whether some counter counts. */
    boolean isProgrammed() {
        return !counts.isEmpty();
    }

    /* ------------------------------------------------------------- what it does */

    /** Gives counters back, cleaned, and asks for others; whether it got them. */
    boolean reserve(PerfCore perf, long next, boolean isRunning) {
        for (int counter : counts.keySet().stream().filter(one -> (next >>> one & 1) == 0).toList()) {
            release(counter);
        }
        boolean accepted = perf.mask(this, next);
        if (accepted) {
            for (long added = next & ~reserved; added != 0; added &= added - 1) {
                int counter = Long.numberOfTrailingZeros(added);
                require(!registers.overflowed(hardware, counter), counter, "has a status bit of somebody else");
                require(!registers.isEnabled(hardware, counter), counter, "is enabled in the host");
            }
            reserved = next;
        }
        require(perf.reservedCounters() == reserved, -1, "reserved are " + Long.toHexString(perf.reservedCounters()));
        require(!isRunning || (perf.activeCounters() & reserved) == 0, -1, "the host uses " + Long.toHexString(perf.activeCounters()));
        return accepted;
    }

    private void release(int counter) {
        registers.control(hardware, counter, null);
        check(counter);
        Count count = counts.remove(counter);
        boolean isPending = overflows(counter, count) > count.told;
        require(registers.overflowed(hardware, counter) == isPending, counter, "overflowed and was not told so, or the other way round, when it is given back");
        registers.clear(hardware, counter);
        registers.write(hardware, counter, 0);
    }

    /** Programs a counter anew. */
    void program(int counter, GuestProgram program) {
        long value = -program.distance() & registers.highest(counter);
        boolean isPossible = (reserved >>> counter & 1) != 0 && registers.takes(counter, value)
                && (registers.isProgrammable(counter) ? registers.canAsk(counter, program.what()) && rules.extraRow(program.what().attributes().config()).isEmpty() : rules.ofFixed(counter).isPresent());
        if (!isPossible) {
            return;
        }
        if (counts.containsKey(counter)) {
            release(counter);
        }
        registers.write(hardware, counter, value);
        registers.control(hardware, counter, program);
        counts.put(counter, new Count(program, registers.isProgrammable(counter) ? rules.kindSelected(registers.asked(program.what()))
                : Kind.of(rules.ofFixed(counter).orElseThrow())));
    }

    void register(PerfCore perf, boolean on) {
        registered = on;
        if (on) {
            perf.register(this);
        } else {
            perf.unregister();
        }
    }

    /** The CPU is in guest mode from now on; the enable registers before that. */
    Map<Integer, Long> enter(boolean withHost) {
        Map<Integer, Long> host = registers.enables(hardware);
        registers.enable(hardware, host, withHost, reserved);
        return host;
    }

    /** The CPU leaves guest mode. */
    void exit(Map<Integer, Long> host) {
        registers.restore(hardware, host);
    }

    /* ------------------------------------------------------------- what it should see */

    /** Work was done, until a cycle of the CPU's. */
    void pass(Piece piece, long cycle) {
        if (!piece.isInGuest()) {
            return;
        }
        counts.forEach((counter, count) -> {
            if (piece.step().ring() == 0 ? count.program.kernel() : count.program.user()) {
                count.total += count.kind.in(piece.step(), piece.from(), piece.to(), piece.begin());
            }
            if (overflows(counter, count) > count.told && count.pendingSince < 0) {
                count.pendingSince = cycle;
                count.excused = !registered;
            }
        });
    }

    private long overflows(int counter, Count count) {
        long highest = registers.highest(counter);
        long begin = -count.program.distance() & highest;
        if (highest >>> WIDEST_THAT_WRAPS != 0) {
            return count.program.distance() != 0 && count.total >= count.program.distance() ? 1 : 0;
        }
        return (begin + count.total) / (highest + 1);
    }

    @Override
    public void overflowed(long counters) {
        require((called & counters) == 0, -1, "hears twice of 0x" + Long.toHexString(called & counters) + " in one PMI");
        called |= counters;
    }

    /** A PMI has been handled; which counters overflowed since the last one. */
    long interrupted() {
        long overflowed = 0;
        for (Map.Entry<Integer, Count> one : counts.entrySet()) {
            long overflows = overflows(one.getKey(), one.getValue());
            if (overflows > one.getValue().told) {
                overflowed |= 1L << one.getKey();
                one.getValue().told = overflows;
                one.getValue().pendingSince = -1;
            }
        }
        require(called == (registered ? overflowed : 0), -1, "hears of overflows of 0x" + Long.toHexString(called) + (registered ? "" : ", unregistered")
                + "; 0x" + Long.toHexString(overflowed) + " overflowed");
        called = 0;
        return registered ? overflowed : 0;
    }

    /** Checks what its counters hold, and that no overflow is overdue for which a PMI was asked. */
    void check(long cycle, long longestSkid) {
        counts.forEach((counter, count) -> {
            check(counter);
            boolean isLate = count.program.interrupts() && !count.excused && count.pendingSince >= 0 && cycle - count.pendingSince > longestSkid + 1;
            require(!isLate, counter, "overflowed, and no PMI has come");
        });
    }

    private void check(int counter) {
        Count count = counts.get(counter);
        long expected = (-count.program.distance() + count.total) & registers.highest(counter);
        long read = registers.read(hardware, counter);
        require(read == expected, counter, "reads 0x" + Long.toHexString(read) + " with " + count.program + "; the work makes it 0x" + Long.toHexString(expected));
    }

    private static void require(boolean holds, int counter, String otherwise) {
        if (!holds) {
            throw new AssertionError("the guest" + (counter < 0 ? ": " : "'s counter " + counter + " ") + otherwise);
        }
    }
}
