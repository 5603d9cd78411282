package dev.vpmu.generator.perf.generated;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** A CPU with other constraints, periods and extra registers than its text has: any that the model can hold, whatever the rules say of them. */
final class DrawnRows {

    private static final Set<FieldRole> TOLD = Set.of(FieldRole.EVENT_CODE, FieldRole.UNIT_MASK, FieldRole.ENABLE, FieldRole.USER_MODE, FieldRole.KERNEL_MODE,
            FieldRole.INTERRUPT_ENABLE);
    private static final int CODES = 5;
    private static final int MOST_ROWS = 9;

    private final PerfCpu cpu;
    private final Random random;
    private final List<Integer> codes = new ArrayList<>();

    DrawnRows(CpuModel model, long seed) {
        cpu = new PerfCpu(model, null, "");
        random = new Random(seed);
        for (int i = 0; i < CODES; i++) {
            codes.add(number(width(FieldRole.EVENT_CODE)));
        }
    }

    /** The CPU, in a package of its own. */
    CpuModel model() {
        CpuModel model = cpu.model();
        return new CpuModel("rows." + model.packageName(), model.name(), model.version(), model.signatures(), model.banks(), model.capabilities(), model.layouts(), model.registers(),
                model.addresses(), model.leaves(), model.rdpmc(), model.interrupt(), model.freezes(), model.branchRecords(), model.preciseRecords(), extras(), constraints(),
                periods(), model.events(), model.clocks(), model.clockEvents(), model.fixedEvents(), model.policies(), model.origin());
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private int number(int bits) {
        return bits == 0 ? 0 : random.nextInt() >>> Integer.SIZE - bits;
    }

    private int width(FieldRole role) {
        return cpu.selectorFields().stream().filter(field -> field.role() == role).mapToInt(field -> field.roleLow() + field.width()).max().orElse(0);
    }

    private int code() {
        return chance(5) ? number(width(FieldRole.EVENT_CODE) + 2) : codes.get(random.nextInt(CODES));
    }

    private long someCounters() {
        long all = cpu.model().banks().stream().mapToLong(BankModel::counters).reduce(0, (a, b) -> a | b);
        long some = all & random.nextLong() & (chance(50) ? random.nextLong() : -1);
        return some == 0 || chance(20) ? all : some;
    }

    /* ------------------------------------------------------------- rows */

    private List<ConstraintModel> constraints() {
        List<ConstraintModel> rows = new ArrayList<>();
        for (int order = random.nextInt(MOST_ROWS); order >= 0; order--) {
            boolean within = chance(25);
            long counters = someCounters();
            boolean plain = chance(30);
            boolean exclusive = !within && chance(15);
            OptionalLong paired = !within && chance(15) ? OptionalLong.of(random.nextLong()) : OptionalLong.empty();
            int place = MOST_ROWS - order;
            patterns().forEach(pattern -> rows.add(new ConstraintModel(place, pattern, within, counters, plain, exclusive, paired, cpu.model().origin())));
        }
        return rows;
    }

    private List<PeriodModel> periods() {
        List<PeriodModel> rows = new ArrayList<>();
        for (int order = 0; order < random.nextInt(4); order++) {
            int place = order;
            long minimum = chance(10) ? 0 : 1 + random.nextInt(300);
            int zeroBits = chance(50) ? 0 : random.nextInt(8);
            patterns().forEach(pattern -> rows.add(new PeriodModel(place, pattern, minimum, zeroBits, cpu.model().origin())));
        }
        return rows;
    }

    /** The patterns of one row, which differ in their codes. */
    private List<EventPattern> patterns() {
        int umaskWidth = width(FieldRole.UNIT_MASK);
        int whole = (int) Bits.mask(0, umaskWidth);
        int has = chance(25) ? number(umaskWidth) : 0;
        List<Integer> any = new ArrayList<>();
        while (chance(20)) {
            any.add(1 + number(umaskWidth));
        }
        boolean several = chance(10);
        List<FieldModel> free = cpu.selectorFields().stream().filter(field -> !TOLD.contains(field.role())).toList();
        long selectorMask = 0;
        while (!free.isEmpty() && chance(30)) {
            selectorMask |= free.get(random.nextInt(free.size())).maskOf(0);
        }
        long selectorValue = selectorMask & random.nextLong();
        int precise = chance(15) ? 1 + random.nextInt(3) : 0;
        if (chance(15)) {
            return List.of(new EventPattern(0, Integer.MAX_VALUE, has, has, any, several, selectorMask, selectorValue, precise));
        }
        List<EventPattern> patterns = new ArrayList<>();
        do {
            int low = code();
            int high = chance(30) ? low + number(width(FieldRole.EVENT_CODE)) : low;
            boolean exact = chance(50);
            patterns.add(new EventPattern(low, high, exact ? whole : has, exact ? number(chance(50) ? umaskWidth : Math.min(2, umaskWidth)) : has, any, several, selectorMask,
                    selectorValue, precise));
        } while (chance(40));
        return patterns;
    }

    private List<ExtraModel> extras() {
        List<RegisterModel> registers = cpu.model().registers().stream().filter(register -> register.role() == RegisterRole.EXTRA && register.bank().isEmpty()).toList();
        List<ExtraModel> extras = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0 && !registers.isEmpty(); i--) {
            List<ExtraRow> rows = new ArrayList<>();
            do {
                rows.add(new ExtraRow(code(), number(width(FieldRole.UNIT_MASK)), registers.get(random.nextInt(registers.size())).name(), random.nextLong(),
                        chance(50) ? -1 : someCounters(), cpu.model().origin()));
            } while (chance(60));
            extras.add(new ExtraModel("extra" + i, chance(50), chance(70) ? Domain.THREAD : Domain.CORE, rows, cpu.model().origin()));
        }
        return extras;
    }
}
