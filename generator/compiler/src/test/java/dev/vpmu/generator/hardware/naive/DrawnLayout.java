package dev.vpmu.generator.hardware.naive;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Field;
import dev.vpmu.generator.hardware.naive.CpuSketch.Reserved;
import dev.vpmu.generator.hardware.naive.CpuSketch.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A layout whose fields stand where there happens to be room, as text and as what it means. */
final class DrawnLayout {

    /**
     * Bits that are to be placed.
     *
     * @param says what the text has behind their place
     * @param role absent for bits without a meaning
     * @param on the counters that have them
     * @param exists whether this CPU has them; they take room in any case
     */
    record Bit(String name, String says, Optional<Role> role, int width, int roleLow, long on, boolean exists) {

        static Bit of(String name, Role role) {
            return new Bit(name, "is " + words(role), Optional.of(role), 1, 0, CpuSketch.ALL_COUNTERS, true);
        }

        static Bit plain(String name, int width) {
            return new Bit(name, "", Optional.empty(), width, 0, CpuSketch.ALL_COUNTERS, true);
        }

        Bit wide(int bits) {
            return new Bit(name, says, role, bits, roleLow, on, exists);
        }

        Bit slice(int low) {
            return new Bit(name, says + " [" + (low + width - 1) + ":" + low + "]", role, width, low, on, exists);
        }

        Bit saying(String words) {
            return new Bit(name, words, role, width, roleLow, on, exists);
        }

        Bit on(long counters, String text) {
            return new Bit(name, says + "  on " + text, role, width, roleLow, counters, exists);
        }

        Bit guarded(String guard, boolean isThere) {
            return new Bit(name, says + "  " + guard, role, width, roleLow, on, isThere);
        }
    }

    /** Bits at their place, or those of an array at counter 0's. */
    private record Placed(Bit bit, int low, Optional<Bank> bank, int stride) {

        /** Of counter 0 in any case, as the language counts them where a layout stands for itself. */
        long takes() {
            return mask() | NaiveRegisters.mask(bit.width()) << low;
        }

        long mask() {
            long one = NaiveRegisters.mask(bit.width()) << low;
            return bank.map(each -> each.withoutSmt().stream().mapToLong(index -> one << index * stride).reduce(0, (a, b) -> a | b)).orElse(one);
        }
    }

    private static final int WIDEST = Long.SIZE;

    private final Draw draw;
    private final String name;
    private final Reserved reserved;
    private final List<Placed> placed = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private long taken;

    DrawnLayout(Draw draw, String name, Reserved reserved) {
        this.draw = draw;
        this.name = name;
        this.reserved = reserved;
    }

    static String words(Role role) {
        return role.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    String name() {
        return name;
    }

    Reserved reserved() {
        return reserved;
    }

    /** Where a pattern of bits can be moved to. */
    private List<Integer> room(long pattern) {
        List<Integer> room = new ArrayList<>();
        for (int low = 0; pattern != 0 && low <= Long.numberOfLeadingZeros(pattern); low++) {
            if ((pattern << low & taken) == 0) {
                room.add(low);
            }
        }
        return room;
    }

    /** Places bits somewhere; returns whether there was room. */
    boolean place(Bit bit) {
        List<Integer> room = room(NaiveRegisters.mask(bit.width()));
        if (room.isEmpty()) {
            return false;
        }
        add(new Placed(bit, draw.oneOf(room), Optional.empty(), 0));
        Placed last = placed.get(placed.size() - 1);
        String range = bit.width() == 1 ? "[" + last.low() + "]" : "[" + (last.low() + bit.width() - 1) + ":" + last.low() + "]";
        rows.add(("    " + bit.name() + "  " + range + "  " + bit.says()).stripTrailing() + "\n");
        return true;
    }

    /** Places bits for each counter of the bank at their place in mask words. */
    boolean placeNaturally(Bank bank, Bit bit) {
        Placed natural = new Placed(bit, bank.firstIndex().getAsInt(), Optional.of(bank), 1);
        if ((natural.takes() & taken) != 0) {
            return false;
        }
        add(natural);
        rows.add("    each " + bank.name() + " { " + bit.name() + "  [0]  " + bit.says() + " }\n");
        return true;
    }

    /** Places an array of bits over the bank somewhere, its elements as far apart as there is room. */
    boolean placeEach(Bank bank, List<Bit> bits, int farthest) {
        List<Bit> order = draw.shuffled(bits);
        List<Integer> lows = new ArrayList<>();
        int span = draw.between(0, farthest > 1 ? 1 : 0);
        for (Bit bit : order) {
            lows.add(span);
            span += bit.width() + (draw.chance(15) ? 1 : 0);
        }
        for (int stride = Math.max(span, draw.between(1, farthest)); stride >= span; stride--) {
            List<Integer> room = room(elements(bank, order, lows, stride));
            if (!room.isEmpty()) {
                addEach(bank, order, lows, stride, draw.oneOf(room));
                return true;
            }
        }
        return false;
    }

    /** The bits of all elements where counter 0's begins at bit 0; 0 if they do not fit into a word. */
    private static long elements(Bank bank, List<Bit> bits, List<Integer> lows, int stride) {
        long pattern = 0;
        List<Integer> indexes = new ArrayList<>(bank.withoutSmt());
        indexes.add(0);
        for (int index : indexes) {
            for (int i = 0; i < bits.size(); i++) {
                int low = index * stride + lows.get(i);
                if (low + bits.get(i).width() > WIDEST) {
                    return 0;
                }
                pattern |= NaiveRegisters.mask(bits.get(i).width()) << low;
            }
        }
        return pattern;
    }

    private void addEach(Bank bank, List<Bit> bits, List<Integer> lows, int stride, int at) {
        StringBuilder row = new StringBuilder("    each " + bank.name() + " at " + at + " by " + stride + " {\n");
        for (int i = 0; i < bits.size(); i++) {
            Bit bit = bits.get(i);
            int low = lows.get(i);
            add(new Placed(bit, at + low, Optional.of(bank), stride));
            row.append("        ").append(bit.name()).append("  [").append(low + bit.width() - 1).append(':').append(low).append("]  ")
                    .append(bit.says()).append('\n');
        }
        rows.add(row.append("    }\n").toString());
    }

    private void add(Placed one) {
        placed.add(one);
        taken |= one.takes();
    }

    /* ------------------------------------------------------------- what it says */

    String text() {
        int width = draw.between(WIDEST - Long.numberOfLeadingZeros(taken | 1), WIDEST);
        String bits = width == WIDEST && draw.chance(80) ? "" : " " + width + " bits";
        String said = reserved == Reserved.FAULTS && draw.chance(50) ? "" : " reserved " + reserved.name().toLowerCase(Locale.ROOT);
        return "layout " + name + bits + said + " {\n" + String.join("", draw.shuffled(rows)) + "}\n";
    }

    /** Whether it has bits with that role. */
    boolean has(Role role) {
        return placed.stream().anyMatch(one -> one.bit().exists() && one.bit().role().equals(Optional.of(role)));
    }

    /** The bits with that name, in place. */
    long mask(String bitName) {
        return placed.stream().filter(one -> one.bit().exists() && one.bit().name().equals(bitName)).mapToLong(Placed::mask).reduce(0, (a, b) -> a | b);
    }

    /** Every bit that the CPU has. */
    long defined() {
        return defined(CpuSketch.ALL_COUNTERS);
    }

    /** Every bit that the registers of some counters have. */
    long defined(long counters) {
        return placed.stream().filter(one -> one.bit().exists() && (one.bit().on() & counters) != 0).mapToLong(Placed::mask).reduce(0, (a, b) -> a | b);
    }

    /** The bits of counters that exist only with SMT off. */
    long withoutSmt() {
        long mask = 0;
        for (Placed one : placed) {
            if (one.bank().isPresent() && one.bit().exists()) {
                for (int index : one.bank().get().withoutSmt()) {
                    if (!one.bank().get().withSmt().contains(index)) {
                        mask |= NaiveRegisters.mask(one.bit().width()) << one.low() + index * one.stride();
                    }
                }
            }
        }
        return mask;
    }

    /** Its bits with a role, as those of a register. */
    List<Field> fields(String register) {
        return placed.stream().filter(one -> one.bit().exists() && one.bit().role().isPresent()).map(one -> new Field(register,
                one.bank().map(Bank::name), one.bit().role().get(), one.low(), one.bit().width(), one.bit().roleLow(), one.stride(), one.bit().on()))
                .toList();
    }
}
