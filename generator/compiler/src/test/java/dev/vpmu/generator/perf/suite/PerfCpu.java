package dev.vpmu.generator.perf.suite;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.generator.hardware.suite.CountableCounters;
import dev.vpmu.generator.hardware.suite.Globals;
import dev.vpmu.generator.hardware.suite.TestedCounter;
import dev.vpmu.generator.hardware.suite.WordPart;
import dev.vpmu.runtime.cpu.Cpu;
import java.util.List;
import java.util.Optional;

/** A CPU in a state of SMT whose generated perf is tested, and what its model says of it. */
final class PerfCpu {

    private static final int NARROWEST = 20;
    private static final long SHORTEST = 1L << 16;

    private final String name;
    private final CpuModel model;
    private final Cpu door;
    private final boolean smt;
    private final Optional<String> drawn;
    private final Globals globals;
    private final List<TestedCounter> counters;
    private final AskedEvents asked;
    private final Work work;

    /**
     * A CPU to be tested.
     *
     * @param name what a test's name says of it
     * @param drawn where nobody chose it: what it takes to get it again
     */
    PerfCpu(String name, CpuModel model, Cpu door, boolean smt, Optional<String> drawn) {
        this.name = name;
        this.model = model;
        this.door = door;
        this.smt = smt;
        this.drawn = drawn;
        globals = new Globals(model, smt);
        counters = new CountableCounters(model, smt).find();
        asked = isUsable() ? new AskedEvents(model, general(), fixed()) : null;
        work = isUsable() ? new Work(model, asked.all()) : null;
    }

    /** Whether software can do with every counter all that perf wants, and at least two have selectors, all of one bank. */
    boolean isUsable() {
        long there = model.banks().stream().filter(bank -> bank.firstIndex().isPresent()).mapToLong(bank -> Long.bitCount(bank.counters(smt))).sum();
        return model.interrupt().isPresent() && there == counters.size() && general().size() > 1
                && general().stream().map(TestedCounter::bank).distinct().count() == 1 && counters.stream().allMatch(this::isUsable)
                && globals.frozen().stream().allMatch(part -> globals.canClear(part) && isZero(part))
                && model.freezes().stream().map(globals::flag).allMatch(PerfCpu::isZero);
    }

    /** Whether the bits are 0 after reset: a CPU whose counters run or are frozen then is a matter for its firmware. */
    private static boolean isZero(WordPart part) {
        return (part.reset() & part.mask()) == 0;
    }

    private boolean isUsable(TestedCounter counter) {
        return counter.has(FieldRole.KERNEL_MODE) && counter.has(FieldRole.USER_MODE) && counter.has(FieldRole.INTERRUPT_ENABLE)
                && counter.bank().width() >= NARROWEST && longest(counter) >= SHORTEST && isZero(counter.control().word())
                && counter.overflows().stream().allMatch(part -> globals.canClear(part) && isZero(part));
    }

    /** About half of what a counter can hold, or of what can be written to it; 0 if it cannot be written so. */
    static long longest(TestedCounter counter) {
        for (int bits = counter.bank().width(); bits > 1; bits--) {
            long longest = (1L << bits - 1) - 1;
            if (counter.takes(-longest & counter.mask())) {
                return longest;
            }
        }
        return 0;
    }

    CpuModel model() {
        return model;
    }

    /** What the compiler made of it. */
    Cpu door() {
        return door;
    }

    boolean smt() {
        return smt;
    }

    Optional<String> drawn() {
        return drawn;
    }

    Globals globals() {
        return globals;
    }

    /** Its counters, by global index. */
    List<TestedCounter> counters() {
        return counters;
    }

    /** Those with selectors. */
    List<TestedCounter> general() {
        return counters.stream().filter(TestedCounter::isProgrammable).toList();
    }

    /** Those without. */
    List<TestedCounter> fixed() {
        return counters.stream().filter(counter -> !counter.isProgrammable()).toList();
    }

    /** The counter with a global index. */
    TestedCounter counter(int globalIndex) {
        return counters.stream().filter(counter -> counter.globalIndex() == globalIndex).findFirst().orElseThrow();
    }

    /** The events that tests ask for. */
    AskedEvents asked() {
        return asked;
    }

    /** What it runs. */
    Work work() {
        return work;
    }

    @Override
    public String toString() {
        return name;
    }
}
