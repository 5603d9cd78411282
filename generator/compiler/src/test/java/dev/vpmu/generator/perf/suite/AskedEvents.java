package dev.vpmu.generator.perf.suite;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.ClockEventModel;
import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.generator.hardware.suite.TestedCounter;
import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Events of every kind that a CPU's rows distinguish, found by trying codes and unit masks. */
final class AskedEvents {

    private static final int CODES = 256;
    private static final int UMASKS = 16;
    private static final int FEW = 2;

    /** What events must have in common to be of one kind. */
    private record Kind(long allowed, boolean isExclusive, boolean isPaired) {
    }

    /** An event with a smallest period. */
    record Periodic(Asked asked, PeriodModel row) {
    }

    private final CpuModel cpu;
    private final List<TestedCounter> general;
    private final long generalMask;
    private final long counters;
    private final Rows rows;
    private final ExtraEvents extras;
    private final int enough;
    private final Map<Kind, List<Asked>> kinds = new LinkedHashMap<>();
    private final Map<PeriodModel, Asked> periods = new LinkedHashMap<>();
    private final List<Asked> ofCounters = new ArrayList<>();

    /**
     * The events of a CPU.
     *
     * @param general its counters with selectors
     * @param fixed its other counters
     */
    AskedEvents(CpuModel cpu, List<TestedCounter> general, List<TestedCounter> fixed) {
        this.cpu = cpu;
        this.general = general;
        generalMask = general.stream().mapToLong(counter -> 1L << counter.globalIndex()).sum();
        counters = generalMask | fixed.stream().mapToLong(counter -> 1L << counter.globalIndex()).sum();
        rows = new Rows(cpu, generalMask);
        extras = new ExtraEvents(cpu, general, rows);
        enough = general.size() + 4;
        IntStream.range(0, CODES).forEach(code -> umasks().forEach(umask -> look(code, umask)));
        fixed.forEach(counter -> ofCounters.add(new Asked("ONLY_" + counter.globalIndex(), 0, 0, 0, counter.globalIndex(), 1L << counter.globalIndex(), false,
                false, occurrence(counter), clock(counter))));
    }

    /** Small ones, and those that rows name. */
    private TreeSet<Integer> umasks() {
        TreeSet<Integer> umasks = new TreeSet<>(IntStream.range(0, UMASKS).boxed().toList());
        cpu.constraints().forEach(row -> umasks.add(row.pattern().umaskValue()));
        cpu.periods().forEach(row -> umasks.add(row.pattern().umaskValue()));
        return umasks;
    }

    private void look(int code, int umask) {
        if (general.stream().anyMatch(counter -> !counter.control().takes(FieldRole.EVENT_CODE, code)
                || !counter.control().takes(FieldRole.UNIT_MASK, umask)) || extras.contain(code, umask)) {
            return;
        }
        long bits = bits(FieldRole.EVENT_CODE, code) | bits(FieldRole.UNIT_MASK, umask);
        Optional<ConstraintModel> row = rows.deciding(code, umask, bits, bits);
        long allowed = rows.allowed(code, umask, bits, bits) & counters;
        // a code of 0 asks for nothing
        if (allowed == 0 || code == 0 && (allowed & generalMask) != 0 || !countsTheSame(code, umask, allowed)) {
            return;
        }
        Kind kind = new Kind(allowed, row.map(ConstraintModel::exclusive).orElse(false), row.map(found -> found.pairedSelector().isPresent()).orElse(false));
        Asked asked = new Asked("E" + Integer.toHexString(code) + "_" + Integer.toHexString(umask), code, umask, bits, -1, allowed, kind.isExclusive(), kind.isPaired(),
                occurrence(code, umask, allowed), clock(code, umask, allowed));
        List<Asked> of = kinds.computeIfAbsent(kind, anything -> new ArrayList<>());
        Optional<PeriodModel> period = rows.period(code, umask, bits).filter(found -> asked.occurrence().isPresent());
        period.ifPresent(found -> periods.putIfAbsent(found, asked));
        // what everything else is measured against has no peculiarities
        boolean isWelcome = allowed != generalMask || asked.clock().isEmpty() && period.isEmpty();
        if (isWelcome && of.size() < (allowed == generalMask ? enough : FEW)) {
            of.add(asked);
        }
    }

    /* ------------------------------------------------------------- what is counted */

    private CountedEvent ofCounter(int globalIndex) {
        return cpu.fixedEvents().stream().filter(row -> row.globalIndex() == globalIndex).findFirst().orElseThrow().event();
    }

    /** Whether fixed and other counters count the same, where both can have the event. */
    private boolean countsTheSame(int code, int umask, long allowed) {
        for (long rest = allowed & ~generalMask; rest != 0 && (allowed & generalMask) != 0; rest &= rest - 1) {
            CountedEvent counted = ofCounter(Long.numberOfTrailingZeros(rest));
            Optional<Clock> clock = clockOfCode(code, umask);
            if (!(counted instanceof CountedEvent.Ticks ticks ? clock.equals(Optional.of(ticks.clock()))
                    : clock.isEmpty() && counted.equals(new CountedEvent.Occurrences(code, umask)))) {
                return false;
            }
        }
        return true;
    }

    private Optional<Clock> clockOfCode(int code, int umask) {
        return cpu.clockEvents().stream().filter(event -> event.code() == code && event.umask() == umask).map(ClockEventModel::clock).findFirst();
    }

    private Optional<Clock> clock(int code, int umask, long allowed) {
        return (allowed & generalMask) != 0 ? clockOfCode(code, umask) : clock(Long.numberOfTrailingZeros(allowed));
    }

    private Optional<Clock> clock(TestedCounter counter) {
        return clock(counter.globalIndex());
    }

    private Optional<Clock> clock(int fixed) {
        return ofCounter(fixed) instanceof CountedEvent.Ticks ticks ? Optional.of(ticks.clock()) : Optional.empty();
    }

    private OptionalLong occurrence(int code, int umask, long allowed) {
        return (allowed & generalMask) == 0 ? occurrence(Long.numberOfTrailingZeros(allowed))
                : clockOfCode(code, umask).isPresent() ? OptionalLong.empty() : OptionalLong.of(Step.event(code, umask));
    }

    private OptionalLong occurrence(TestedCounter counter) {
        return occurrence(counter.globalIndex());
    }

    private OptionalLong occurrence(int fixed) {
        CountedEvent counted = ofCounter(fixed);
        return counted instanceof CountedEvent.Ticks ? OptionalLong.empty() : OptionalLong.of(counted instanceof CountedEvent.Occurrences occurrences
                ? Step.event(occurrences.code(), occurrences.umask()) : Step.eventOfCounter(fixed));
    }

    /* ------------------------------------------------------------- what tests ask for */

    private long bits(FieldRole role, long value) {
        return general.get(0).control().in(role, value);
    }

    private List<Asked> of(Predicate<Kind> which) {
        return kinds.entrySet().stream().filter(entry -> which.test(entry.getKey())).flatMap(entry -> entry.getValue().stream()).toList();
    }

    /** All of them. */
    List<Asked> all() {
        List<Asked> all = new ArrayList<>(of(kind -> true));
        all.addAll(periods.values());
        all.addAll(ofCounters);
        return all;
    }

    /** Whether there are as many events without peculiarities as tests want. */
    boolean areEnough() {
        return unconstrained().size() == enough;
    }

    /** Whether there is an event of cycles. */
    boolean haveCycles() {
        return cyclesEncoding().isPresent();
    }

    private Optional<EventEncoding> cyclesEncoding() {
        return cpu.events().stream().filter(event -> event.role().equals(Optional.of(EventRole.CYCLES))).map(EventModel::encoding).findFirst();
    }

    /** The counters that can hold the event of cycles, if there is one that needs nothing besides. */
    OptionalLong cycles() {
        return cyclesEncoding().stream().flatMapToLong(encoding -> encoding instanceof EventEncoding.Programmable event ? cycles(event).stream()
                : LongStream.of(1L << ((EventEncoding.Fixed) encoding).globalIndex())).findFirst();
    }

    private OptionalLong cycles(EventEncoding.Programmable event) {
        long bits = bits(FieldRole.EVENT_CODE, event.code()) | bits(FieldRole.UNIT_MASK, event.umask());
        boolean needsMore = extras.contain(event.code(), event.umask()) || rows.deciding(event.code(), event.umask(), bits, event.selector())
                .filter(row -> row.exclusive() || row.pairedSelector().isPresent()).isPresent();
        return needsMore ? OptionalLong.empty() : OptionalLong.of(counters & rows.allowed(event.code(), event.umask(), bits, event.selector()));
    }

    /** Events that every general counter can hold, more than there are. */
    List<Asked> unconstrained() {
        return of(kind -> kind.allowed() == generalMask && !kind.isExclusive() && !kind.isPaired());
    }

    /** Events that one general counter alone can hold, by the counter. */
    Map<Integer, List<Asked>> single() {
        Map<Integer, List<Asked>> single = new LinkedHashMap<>();
        of(kind -> Long.bitCount(kind.allowed()) == 1 && (kind.allowed() & generalMask) != 0 && !kind.isExclusive() && !kind.isPaired())
                .forEach(asked -> single.computeIfAbsent(asked.first(), anything -> new ArrayList<>()).add(asked));
        return single;
    }

    /** Events that one fixed counter alone can hold: selectors ask for them, or the counter itself is asked for. */
    List<Asked> fixedOnly() {
        List<Asked> found = new ArrayList<>(of(kind -> Long.bitCount(kind.allowed()) == 1 && (kind.allowed() & generalMask) == 0));
        found.addAll(ofCounters);
        return found;
    }

    /** Events that fixed counters and all general ones can hold. */
    List<Asked> both() {
        return of(kind -> (kind.allowed() & generalMask) == generalMask && kind.allowed() != generalMask);
    }

    /** Events that some general counters can hold, but neither all nor one alone; one for each set of counters. */
    List<Asked> narrow() {
        Map<Long, Asked> narrow = new LinkedHashMap<>();
        of(kind -> Long.bitCount(kind.allowed()) > 1 && (kind.allowed() & ~generalMask) == 0 && kind.allowed() != generalMask
                && !kind.isExclusive() && !kind.isPaired()).forEach(asked -> narrow.putIfAbsent(asked.allowed(), asked));
        return List.copyOf(narrow.values());
    }

    /** Of two events the first is placed before the second, first tries a counter of the second's, and has others. */
    record Overlap(Asked first, Asked second) {
    }

    /** Events between which a first choice can be wrong. */
    List<Overlap> overlaps() {
        List<Overlap> overlaps = new ArrayList<>();
        for (Asked first : narrow()) {
            narrow().stream().filter(second -> Long.bitCount(first.allowed()) <= Long.bitCount(second.allowed())
                    && (second.allowed() >>> first.first() & 1) != 0 && (first.allowed() & ~second.allowed()) != 0)
                    .forEach(second -> overlaps.add(new Overlap(first, second)));
        }
        return overlaps;
    }

    /** Events that disturb the sibling thread. */
    List<Asked> exclusive() {
        return of(kind -> kind.isExclusive() && !kind.isPaired());
    }

    /** Events that take two counters. */
    List<Asked> paired() {
        return of(Kind::isPaired);
    }

    /** Events that need a value in a register of their own. */
    ExtraEvents extras() {
        return extras;
    }

    /** What the second counter of an event that takes two is programmed with. */
    long partner(Asked paired) {
        return rows.deciding(paired.code(), paired.umask(), paired.config(), paired.config()).orElseThrow().pairedSelector().orElseThrow();
    }

    /** An event for each row of smallest periods that has one. */
    List<Periodic> periodic() {
        return periods.entrySet().stream().map(entry -> new Periodic(entry.getValue(), entry.getKey())).toList();
    }

    /** An event with one of the selector's modifiers set to 1, which all general counters could hold without it; where one of them has it. */
    Optional<Asked> modified(FieldRole role) {
        Asked plain = unconstrained().get(0);
        return modified(plain, role);
    }

    /** An event with one of the selector's modifiers set to 1, on those counters that have it and that the rows leave. */
    Optional<Asked> modified(Asked plain, FieldRole role) {
        List<TestedCounter> having = general.stream().filter(counter -> counter.control().takes(role, 1)).toList();
        if (having.isEmpty() || plain.onlyCounter() >= 0) {
            return Optional.empty();
        }
        long bits = having.get(0).control().in(role, 1);
        long allowed = rows.allowed(plain.code(), plain.umask(), plain.config(), plain.config() | bits) & having.stream().mapToLong(counter -> 1L << counter.globalIndex()).sum();
        return allowed == 0 ? Optional.empty() : Optional.of(plain.with(bits, allowed));
    }
}
