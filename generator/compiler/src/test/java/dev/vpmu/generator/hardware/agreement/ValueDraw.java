package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.ClockEventModel;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.generator.hardware.naive.NaiveStep;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws values for registers: such that counters count the events that a program's steps contain, or just anything. */
final class ValueDraw {

    private final CpuModel cpu;
    private final long longestStep;
    private final SplittableRandom random;
    private final List<NaiveStep.Coded> known = new ArrayList<>();
    private final List<NaiveStep.Coded> events = new ArrayList<>();
    private final long[] extras = {0, 1, 0x2A};

    ValueDraw(CpuModel cpu, long longestStep, SplittableRandom random) {
        this.cpu = cpu;
        this.longestStep = longestStep;
        this.random = random;
        for (ClockEventModel clock : cpu.clockEvents()) {
            known.add(new NaiveStep.Coded(clock.code(), clock.umask(), 0));
        }
        cpu.fixedEvents().forEach(fixed -> {
            if (fixed.event() instanceof CountedEvent.Occurrences occurrences) {
                known.add(new NaiveStep.Coded(occurrences.code(), occurrences.umask(), 0));
            }
        });
        for (ExtraModel extra : cpu.extras()) {
            for (ExtraRow row : extra.rows()) {
                known.add(new NaiveStep.Coded(row.code(), row.umask(), extras[random.nextInt(extras.length)]));
            }
        }
    }

    /** The few events that a program is about. */
    void chooseEvents() {
        events.clear();
        for (int i = 0; i < 4; i++) {
            NaiveStep.Coded event = known.isEmpty() || random.nextInt(3) == 0 ? new NaiveStep.Coded(random.nextInt(4), random.nextInt(3), 0)
                    : known.get(random.nextInt(known.size()));
            if (!events.contains(event)) {
                events.add(event);
            }
        }
    }

    List<NaiveStep.Coded> events() {
        return List.copyOf(events);
    }

    /** A value that suits the register. */
    long of(RegisterModel register, int index) {
        if (random.nextInt(12) == 0) {
            return any(register, index);
        }
        return switch (register.role()) {
            case SELECTOR -> selector(cpu.layout(register.layout().orElseThrow()).orElseThrow());
            case VALUE -> random.nextInt(8) == 0 ? random.nextInt(300) : -1 - random.nextLong((random.nextBoolean() ? 1 : 3) * longestStep / 2 + 1) & writable(register, index);
            case ENABLE -> random.nextInt(5) == 0 ? writable(register, index) & random.nextLong() : writable(register, index);
            case EXTRA -> extras[random.nextInt(extras.length)];
            default -> writable(register, index) & random.nextLong();
        };
    }

    /** Nothing, everything, some bits, or one too many. */
    long any(RegisterModel register, int index) {
        long writable = writable(register, index);
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> writable;
            case 2 -> writable & random.nextLong();
            case 3 -> 1L << random.nextInt(Long.SIZE);
            case 4 -> writable & random.nextLong() | 1L << random.nextInt(Long.SIZE);
            default -> random.nextLong();
        };
    }

    /** The bits that a write may set, with or without SMT; those with SMT more often. */
    private long writable(RegisterModel register, int index) {
        long mask = register.writableMaskOfIndex().get(register.bank().isEmpty() ? 0 : register.indexes().indexOf(index));
        return random.nextInt(10) == 0 ? mask : mask & ~register.withoutSmtMask();
    }

    private long selector(LayoutModel layout) {
        long word = 0;
        NaiveStep.Coded event = events.get(random.nextInt(events.size()));
        for (FieldModel field : layout.fields()) {
            List<Integer> indexes = field.array().map(array -> array.indexes()).orElse(List.of(0));
            for (int index : indexes) {
                word |= (value(field, event) & Bits.mask(0, field.width())) << field.lowOf(index);
            }
        }
        return layout.withoutSmtMask() != 0 && random.nextInt(10) != 0 ? word & ~layout.withoutSmtMask() : word;
    }

    private long value(FieldModel field, NaiveStep.Coded event) {
        FieldRole role = field.role();
        return switch (role) {
            case EVENT_CODE -> event.code() >>> field.roleLow();
            case UNIT_MASK -> event.umask() >>> field.roleLow();
            case ENABLE -> chance(12);
            case USER_MODE, KERNEL_MODE -> chance(10);
            case INTERRUPT_ENABLE -> chance(8);
            case THRESHOLD -> random.nextInt(3) == 0 ? random.nextInt(5) >>> field.roleLow() : 0;
            case INVERT, EDGE_DETECT, EQUAL, ANY_THREAD -> chance(4);
            case IN_TRANSACTION, CHECKPOINTED -> chance(1);
            case NONE -> random.nextInt(4) == 0 ? random.nextLong() : 0;
            default -> chance(3);
        };
    }

    /** 1 in so many of twelve cases. */
    private long chance(int ofTwelve) {
        return random.nextInt(12) < ofTwelve ? 1 : 0;
    }
}
