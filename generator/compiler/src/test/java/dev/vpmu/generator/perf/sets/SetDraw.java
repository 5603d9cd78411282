package dev.vpmu.generator.perf.sets;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.runtime.perf.EventAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws sets of events that compete for a CPU's counters. */
final class SetDraw {

    private static final int MORE_THAN_COUNTERS = 2;
    private static final int FEW = 4;
    private static final int MOST_PRECISE = 3;

    private final CpuModel cpu;
    private final ModelRules rules;
    private final SelectorWord selector;
    private final SplittableRandom random;

    /* What the events of a set are about. */
    private List<ConstraintModel> rows;
    private List<ExtraModel> extras;
    private int narrowed;

    SetDraw(CpuModel cpu, ModelRules rules, SplittableRandom random) {
        this.cpu = cpu;
        this.rules = rules;
        this.selector = rules.selector();
        this.random = random;
    }

    /** One to as many events as there are counters, and two more. */
    List<EventAttributes> set() {
        int most = Long.bitCount(rules.counters()) + MORE_THAN_COUNTERS;
        int size = between(1, chance(40) ? Math.min(most, FEW) : chance(60) ? Math.max(1, most * 2 / 3) : most);
        rows = chance(50) ? some(cpu.constraints()) : cpu.constraints();
        extras = chance(40) ? cpu.extras() : List.of();
        narrowed = chance(25) ? 60 : 8;
        List<EventAttributes> set = new ArrayList<>();
        while (set.size() < size) {
            EventAttributes event = !set.isEmpty() && chance(10) ? oneOf(set) : event();
            if (!rules.isClear(event) || chance(98) && rules.demand(event).counters() == 0) {
                continue;
            }
            EventAttributes.Builder builder = event.onlyCounter() < 0 ? EventAttributes.of(name(set.size(), event), event.config())
                    : EventAttributes.onCounter(name(set.size(), event), event.onlyCounter(), event.config());
            set.add(builder.counters(event.counters()).extra(event.extra()).precise(event.precise()).build());
        }
        return set;
    }

    /** A name that no other event of the set has, which says what the event is. */
    private String name(int number, EventAttributes event) {
        char letter = (char) ('a' + number);
        if (event.onlyCounter() >= 0) {
            return letter + " of counter " + event.onlyCounter();
        }
        return String.format("%c %#x:%#x%s", letter, selector.number(FieldRole.EVENT_CODE, event.config()),
                selector.number(FieldRole.UNIT_MASK, event.config()), selector.isPlain(event.config()) ? "" : " modified");
    }

    private EventAttributes event() {
        int kind = between(0, 99);
        if (kind < 8 && rules.counters() != rules.general()) {
            return onlyCounter();
        } else if (kind < 16 && !cpu.events().isEmpty()) {
            EventModel event = oneOf(cpu.events());
            if (event.encoding() instanceof EventEncoding.Programmable word) {
                return finished(word.selector(), event.extra().map(extra -> extra.value()).orElse(extraValue(word.selector())), event.counters());
            }
        }
        long word;
        if (kind < 45 && !extras.isEmpty()) {
            ExtraRow row = oneOf(oneOf(extras).rows());
            word = selector.word(row.code(), row.umask());
        } else if (kind < 88 && !rows.isEmpty()) {
            word = near(oneOf(rows));
        } else {
            word = selector.word(bits(FieldRole.EVENT_CODE), bits(FieldRole.UNIT_MASK));
        }
        word = chance(12) ? word | modifier() : word;
        return finished(word, extraValue(word), EventAttributes.ANY_COUNTER);
    }

    private EventAttributes onlyCounter() {
        List<BankModel> others = cpu.banks().stream()
                .filter(bank -> bank.firstIndex().isPresent() && !bank.name().equals(selector.bank().name())).toList();
        BankModel bank = oneOf(others);
        return EventAttributes.onCounter("", bank.firstIndex().getAsInt() + oneOf(bank.indexes()), 0).build();
    }

    private EventAttributes finished(long word, long extra, long counters) {
        long on = chance(narrowed) ? counters & (random.nextLong() | random.nextLong()) : counters;
        int precise = cpu.preciseRecords().isPresent() && chance(8) ? between(1, MOST_PRECISE) : 0;
        return EventAttributes.of("", word).extra(extra).counters(on).precise(precise).build();
    }

    /** A word that a row matches, or that it nearly matches. */
    private long near(ConstraintModel row) {
        EventPattern pattern = row.pattern();
        int code = chance(85) ? between(pattern.codeLow(), Math.min(pattern.codeHigh(), (int) Bits.mask(0, selector.width(FieldRole.EVENT_CODE))))
                : bits(FieldRole.EVENT_CODE);
        int umask = bits(FieldRole.UNIT_MASK);
        umask = chance(50) ? 1 << between(0, selector.width(FieldRole.UNIT_MASK) - 1) : umask;
        umask = chance(90) ? umask & ~pattern.umaskMask() | pattern.umaskValue() : umask;
        for (int any : pattern.umaskAny()) {
            umask |= chance(85) ? Integer.lowestOneBit(any) : 0;
        }
        umask |= pattern.umaskSeveral() && chance(85) ? 0b11 : 0;
        long settings = chance(85) ? pattern.selectorValue() : 0;
        return selector.word(code, umask & (int) Bits.mask(0, selector.width(FieldRole.UNIT_MASK))) | settings;
    }

    private long modifier() {
        List<FieldModel> fields = selector.modifiers();
        if (fields.isEmpty()) {
            return 0;
        }
        FieldModel field = oneOf(fields);
        return random.nextLong() & Bits.mask(field.low(), field.width());
    }

    /** The bits that a row lets be set in its register, and that the register takes. */
    private long taken(ExtraRow row) {
        return row.validBits() & cpu.register(row.register()).orElseThrow().writableMaskOfIndex().get(0);
    }

    /** One of few values for the event's extra register, so that some events want the same one. */
    private long extraValue(long word) {
        for (ExtraModel extra : cpu.extras()) {
            for (ExtraRow row : extra.rows()) {
                if (selector.word(row.code(), row.umask()) == (word & selector.events())) {
                    long everywhere = extra.rows().stream().mapToLong(this::taken).reduce(-1, (a, b) -> a & b);
                    return value(chance(70) ? everywhere : taken(row));
                }
            }
        }
        return 0;
    }

    /** At most three different values of the bits. */
    private long value(long bits) {
        long lowest = Long.lowestOneBit(bits);
        return switch (between(0, 2)) {
            case 0 -> 0;
            case 1 -> lowest;
            default -> Long.lowestOneBit(bits & ~lowest);
        };
    }

    /* ------------------------------------------------------------- chance */

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    private int bits(FieldRole role) {
        return (int) (random.nextLong() & Bits.mask(0, selector.width(role)));
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private <T> List<T> some(List<T> list) {
        List<T> some = new ArrayList<>();
        for (int i = between(1, FEW); i > 0 && !list.isEmpty(); i--) {
            some.add(oneOf(list));
        }
        return some;
    }
}
