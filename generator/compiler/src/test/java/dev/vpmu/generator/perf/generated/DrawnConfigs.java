package dev.vpmu.generator.perf.generated;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Selector words for events, near what the rows of a CPU are about. */
final class DrawnConfigs {

    private final PerfCpu cpu;
    private final Random random;
    private final List<Integer> codes = new ArrayList<>(List.of(0));
    private final List<Integer> umasks = new ArrayList<>(List.of(0));
    private final List<Long> settings = new ArrayList<>(List.of(0L));

    DrawnConfigs(PerfCpu cpu, long seed) {
        this.cpu = cpu;
        this.random = new Random(seed);
        List<EventPattern> patterns = new ArrayList<>();
        cpu.model().constraints().forEach(row -> patterns.add(row.pattern()));
        cpu.model().periods().forEach(row -> patterns.add(row.pattern()));
        for (EventPattern pattern : patterns) {
            codes.addAll(List.of(pattern.codeLow(), pattern.codeHigh(), pattern.codeHigh() + 1, pattern.codeLow() - 1));
            umasks.add(pattern.umaskValue());
            umasks.addAll(pattern.umaskAny());
            settings.add(pattern.selectorValue());
            settings.add(pattern.selectorMask());
        }
        for (ExtraRow row : cpu.model().extras().stream().flatMap(extra -> extra.rows().stream()).toList()) {
            codes.add(row.code());
            umasks.add(row.umask());
        }
    }

    /** A word without enables and modes. */
    long next() {
        long config = place(FieldRole.EVENT_CODE, random.nextInt(4) == 0 ? random.nextInt() : codes.get(random.nextInt(codes.size())))
                | place(FieldRole.UNIT_MASK, random.nextInt(4) == 0 ? random.nextInt() : umasks.get(random.nextInt(umasks.size())));
        if (random.nextInt(3) == 0) {
            config |= settings.get(random.nextInt(settings.size()));
        }
        for (FieldModel field : cpu.selectorFields()) {
            boolean isTold = field.role() == FieldRole.EVENT_CODE || field.role() == FieldRole.UNIT_MASK || isMode(field);
            if (!isTold && random.nextInt(12) == 0) {
                config |= field.maskOf(0) & random.nextLong();
            }
        }
        return config;
    }

    static boolean isMode(FieldModel field) {
        return field.role() == FieldRole.ENABLE || field.role() == FieldRole.USER_MODE || field.role() == FieldRole.KERNEL_MODE || field.role() == FieldRole.INTERRUPT_ENABLE;
    }

    /** 0, or a demand for precision. */
    int precise() {
        return random.nextBoolean() ? 0 : random.nextInt(4);
    }

    private long place(FieldRole role, int number) {
        long word = 0;
        for (FieldModel field : cpu.selectorFields()) {
            word |= field.role() == role ? (number >>> field.roleLow() & Bits.mask(0, field.width())) << field.low() : 0;
        }
        return word;
    }
}
