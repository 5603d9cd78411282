package dev.vpmu.generator.perf.conservation;

import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.runtime.perf.EventAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What can be asked of a CPU: events of its table, events that its rows are about, its fixed counters' own, and any others. */
final class Menu {

    private static final long[] EXTRAS = {0, 1, 0x12, 0x8001};

    private final ConservedCpu cpu;
    private final EventWord word;
    private final Rules rules;
    private final SplittableRandom random;
    private final List<Long> declared;
    private final List<Long> remarkable;

    Menu(ConservedCpu cpu, SplittableRandom random) {
        this.cpu = cpu;
        this.word = cpu.word();
        this.rules = cpu.rules();
        this.random = random;
        this.declared = cpu.model().events().stream().map(EventModel::encoding).filter(EventEncoding.Programmable.class::isInstance)
                .map(encoding -> ((EventEncoding.Programmable) encoding).selector()).filter(config -> word.of(FieldRole.EDGE_DETECT, config) == 0).toList();
        this.remarkable = rules.remarkable();
    }

    /** A few different things to ask for. */
    List<Askable> courses() {
        List<Askable> courses = new ArrayList<>();
        int wanted = random.nextInt(2, 7);
        for (int tries = 0; courses.size() < wanted && tries < 200; tries++) {
            (random.nextInt(5) == 0 ? fixed() : selected()).filter(cpu::isBearable).ifPresent(courses::add);
        }
        return courses;
    }

    private Optional<Askable> fixed() {
        long fixed = rules.present() & ~word.counters();
        if (fixed == 0) {
            return Optional.empty();
        }
        List<Integer> counters = new ArrayList<>();
        for (long rest = fixed; rest != 0; rest &= rest - 1) {
            counters.add(Long.numberOfTrailingZeros(rest));
        }
        int counter = counters.get(random.nextInt(counters.size()));
        return rules.ofFixed(counter).map(source -> new Askable(Kind.of(source), EventAttributes.onCounter("what " + counter + " counts", counter, 0).build(), 1L << counter, 1));
    }

    private Optional<Askable> selected() {
        long config = modified(config());
        return asked(cpu, config, EXTRAS[random.nextInt(EXTRAS.length)] & rules.extraRow(config).map(ExtraRow::validBits).orElse(0L));
    }

    /** An event that a selector asks for; empty if no counter can hold it, or if what it counts depends on the counter. */
    static Optional<Askable> asked(ConservedCpu cpu, long config, long extra) {
        Rules rules = cpu.rules();
        if (!rules.isClear(config) || rules.allowed(config) == 0) {
            return Optional.empty();
        }
        return rules.kind(config, extra).map(kind -> new Askable(kind, EventAttributes.of("0x" + Long.toHexString(config), config).extra(extra).build(),
                rules.allowedInterchangeably(config), rules.leastPeriod(config)));
    }

    private long config() {
        List<Long> from = random.nextBoolean() ? remarkable : declared;
        if (from.isEmpty() || random.nextInt(4) == 0) {
            return word.event(random.nextInt(1, 256), random.nextInt(4));
        }
        return from.get(random.nextInt(from.size()));
    }

    private long modified(long config) {
        long modified = config;
        if (random.nextInt(6) == 0 && word.holds(FieldRole.THRESHOLD, 3)) {
            modified |= word.in(FieldRole.THRESHOLD, random.nextInt(1, 4));
            modified |= random.nextInt(3) == 0 && word.holds(FieldRole.INVERT, 1) ? word.in(FieldRole.INVERT, 1) : 0;
            modified |= random.nextInt(3) == 0 && word.holds(FieldRole.EQUAL, 1) ? word.in(FieldRole.EQUAL, 1) : 0;
        }
        if (random.nextInt(10) == 0) {
            modified |= word.in(FieldRole.IN_TRANSACTION, 1);
            modified |= random.nextBoolean() ? word.in(FieldRole.CHECKPOINTED, 1) : 0;
        }
        return modified;
    }
}
