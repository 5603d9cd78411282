package dev.vpmu.generator.hardware.naive;

import static dev.vpmu.generator.hardware.naive.DrawnRegisters.hex;
import static dev.vpmu.generator.hardware.naive.DrawnRegisters.listed;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Coded;
import dev.vpmu.generator.hardware.naive.DrawnLayout.Bit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Which counters can hold which events, and the smallest periods. Software keeps to them; hardware does not know them. */
final class DrawnConstraints {

    private static final int MOST_PRECISE = 3;

    /** A set of counters, by index in its bank. */
    private record Counters(TreeSet<Integer> gp, TreeSet<Integer> fixed) {

        boolean meets(Counters other) {
            return gp.stream().anyMatch(other.gp::contains) || fixed.stream().anyMatch(other.fixed::contains);
        }

        Counters and(Counters other) {
            Counters both = new Counters(new TreeSet<>(gp), new TreeSet<>(fixed));
            both.gp.retainAll(other.gp);
            both.fixed.retainAll(other.fixed);
            return both;
        }
    }

    private final DrawnCpu cpu;
    private final Draw draw;
    private final DrawnControls controls;
    private final List<Coded> codes;
    private final List<String> rows = new ArrayList<>();
    /** What the rows leave to the events of each, and to those of none. */
    private final List<Counters> left = new ArrayList<>();

    DrawnConstraints(DrawnCpu cpu, DrawnControls controls, List<Coded> codes) {
        this.cpu = cpu;
        this.draw = cpu.software;
        this.controls = controls;
        this.codes = codes;
    }

    void draw() {
        left.add(new Counters(new TreeSet<>(cpu.gp.withoutSmt()), new TreeSet<>()));
        if (draw.chance(10)) {
            return;
        }
        boolean overlapping = draw.chance(40);
        cpu.fixed.ifPresent(bank -> bank.withoutSmt().stream().filter(index -> draw.chance(60)).forEach(index -> drawFixed(bank, index)));
        for (int i = draw.between(1, 7); i > 0; i--) {
            drawDeciding(overlapping);
        }
        for (int i = draw.chance(60) ? 0 : draw.between(1, 3); i > 0; i--) {
            drawNarrowing();
        }
        cpu.statements.add("    constraints {\n" + String.join("", rows) + "    }\n");
        drawPeriods();
    }

    /* ------------------------------------------------------------- rows */

    /** What a fixed counter counts, and others perhaps too. */
    private void drawFixed(Bank bank, int index) {
        Coded code = code();
        boolean others = draw.chance(60);
        Counters counters = new Counters(others ? new TreeSet<>(cpu.gp.withoutSmt()) : new TreeSet<>(), new TreeSet<>(List.of(index)));
        add("        " + hex(code.code()) + ":" + hex(code.umask()) + "  on " + bank.name() + "[" + index + "]" + (others ? " or " + cpu.gp.name() : "")
                + "  plain\n", counters);
    }

    private void drawDeciding(boolean overlapping) {
        List<Integer> first = cpu.gp.withoutSmt().stream().filter(this::hasNext).toList();
        String pattern = pattern(draw.chance(5));
        if (!first.isEmpty() && draw.chance(12)) {
            TreeSet<Integer> some = new TreeSet<>(draw.some(first));
            Coded partner = code();
            add("        " + pattern + "  on " + text(cpu.gp, some) + "  paired with " + hex(partner.code()) + ":" + hex(partner.umask()) + "\n",
                    new Counters(some, new TreeSet<>()));
            return;
        }
        TreeSet<Integer> some = some(overlapping ? 3 : cpu.gp.withoutSmt().size());
        add("        " + pattern + "  on " + text(cpu.gp, some) + (draw.chance(8) ? "  plain" : "")
                + (draw.chance(12) ? "  exclusive between threads" : "") + "\n", new Counters(some, new TreeSet<>()));
    }

    /** Counters that some row, or no row at all, gives to an event keep at least one in common with the rows that take counters away. */
    private void drawNarrowing() {
        Counters counters = new Counters(some(cpu.gp.withoutSmt().size()), new TreeSet<>());
        for (Counters one : left) {
            if (!one.meets(counters)) {
                (one.gp.isEmpty() ? counters.fixed : counters.gp).add(one.gp.isEmpty() ? one.fixed.first() : draw.oneOf(List.copyOf(one.gp)));
            }
        }
        left.replaceAll(one -> one.and(counters));
        String fixed = counters.fixed.isEmpty() ? "" : " or " + text(cpu.fixed.orElseThrow(), counters.fixed);
        rows.add("        " + pattern(draw.chance(70)) + "  within " + text(cpu.gp, counters.gp) + fixed + "\n");
    }

    private void add(String row, Counters counters) {
        rows.add(row);
        left.add(counters);
    }

    private TreeSet<Integer> some(int most) {
        return new TreeSet<>(draw.shuffled(cpu.gp.withoutSmt()).subList(0, draw.between(1, Math.min(most, cpu.gp.withoutSmt().size()))));
    }

    /** Whether the counter behind it is there whenever it is there itself. */
    private boolean hasNext(int index) {
        return cpu.gp.withoutSmt().contains(index + 1) && (!cpu.gp.withSmt().contains(index) || cpu.gp.withSmt().contains(index + 1));
    }

    private static String text(Bank bank, TreeSet<Integer> indexes) {
        return bank.name() + "[" + listed(List.copyOf(indexes)) + "]";
    }

    private void drawPeriods() {
        List<String> periods = new ArrayList<>();
        for (int i = draw.between(0, 3); i > 0; i--) {
            periods.add("        " + pattern(draw.chance(20)) + "  at least " + draw.between(2, 500)
                    + (draw.chance(40) ? "  low " + draw.between(1, 8) + " bits zero" : "") + "\n");
        }
        if (!periods.isEmpty()) {
            cpu.statements.add("    periods {\n" + String.join("", periods) + "    }\n");
        }
    }

    /* ------------------------------------------------------------- patterns */

    private Coded code() {
        return !codes.isEmpty() && draw.chance(60) ? draw.oneOf(codes)
                : new Coded((int) draw.bits(controls.codeWidth()), (int) draw.bits(controls.umaskWidth()));
    }

    /** Some codes, or any, and conditions. */
    private String pattern(boolean any) {
        StringBuilder text = new StringBuilder(any ? "any" : "");
        boolean whole = false;
        for (int i = any ? 0 : draw.between(1, 3); i > 0; i--) {
            Coded code = code();
            int high = Math.min((1 << controls.codeWidth()) - 1, code.code() + draw.between(1, 1 << controls.codeWidth() - 2));
            boolean withUmask = draw.chance(40);
            whole |= withUmask;
            text.append(hex(code.code())).append(draw.chance(25) && high > code.code() ? ".." + hex(high) : "")
                    .append(withUmask ? ":" + hex(code.umask()) : "").append(i > 1 ? ", " : "");
        }
        if (!whole && draw.chance(any ? 30 : 40)) {
            text.append(" umask ").append(condition());
        }
        settings().ifPresent(settings -> text.append(" (").append(settings).append(')'));
        if (draw.chance(any ? 20 : 5)) {
            text.append(" precise ").append(draw.between(1, MOST_PRECISE));
        }
        return text.toString();
    }

    private String condition() {
        return switch (draw.between(0, 3)) {
            case 0 -> "has " + hex(bit());
            case 1 -> "any " + hex(bit() | bit());
            case 2 -> "any " + hex(bit() | bit()) + " any " + hex(bit() | bit());
            default -> "several";
        };
    }

    private long bit() {
        return 1L << draw.between(0, controls.umaskWidth() - 1);
    }

    private Optional<String> settings() {
        List<Bit> fields = controls.modifiers();
        if (fields.isEmpty() || draw.chance(75)) {
            return Optional.empty();
        }
        Bit field = draw.oneOf(fields);
        return Optional.of(field.name() + (field.width() == 1 && draw.chance(80) ? "" : " " + draw.bits(field.width())));
    }
}
