package dev.vpmu.generator.hardware.naive;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Register;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import dev.vpmu.generator.hardware.naive.CpuSketch.Role;
import dev.vpmu.generator.hardware.naive.DrawnLayout.Bit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registers of each counter on its own: values, selectors, and the control of fixed counters. */
final class DrawnControls {

    private static final List<Role> MORE_OF_A_SELECTOR = List.of(Role.EDGE_DETECT, Role.INVERT, Role.EQUAL, Role.ANY_THREAD, Role.IN_TRANSACTION,
            Role.CHECKPOINTED, Role.USER_READ_DISABLE);
    private static final List<String> WITHOUT_EFFECT = List.of("is pin control", "ignored", "", "is adaptive record", "is guest only", "is host only");
    private static final int FIXED_VERSION_WITHOUT_ANY_THREAD = 5;

    private final DrawnCpu cpu;
    private final Draw draw;

    /** Bits of the event code that every counter has. */
    private int codeWidth;
    private int umaskWidth;
    /** The threshold's field, where every counter has it. */
    private Optional<String> threshold = Optional.empty();
    private final List<Bit> modifiers = new ArrayList<>();
    /** The control of fixed counters. */
    private Optional<Register> fixedControl = Optional.empty();
    private long fixedBits;

    DrawnControls(DrawnCpu cpu) {
        this.cpu = cpu;
        this.draw = cpu.draw;
    }

    int codeWidth() {
        return codeWidth;
    }

    int umaskWidth() {
        return umaskWidth;
    }

    Optional<String> threshold() {
        return threshold;
    }

    /** The fields that the selectors have to say more of an event than its code, its unit mask and the modes. */
    List<Bit> modifiers() {
        return modifiers.stream().filter(Bit::exists).toList();
    }

    Optional<Register> fixedControl() {
        return fixedControl;
    }

    /** Every bit of the control of fixed counters. */
    long fixedBits() {
        return fixedBits;
    }

    void draw() {
        DrawnLayout select = selectLayout();
        cpu.elements.add(select.text());
        Register selectors;
        Register values;
        // either may come first, and the other may stand between its elements
        if (draw.chance(50)) {
            selectors = cpu.registers.selectors("SELECT", cpu.gp, select);
            values = cpu.registers.values("COUNT", cpu.gp);
        } else {
            values = cpu.registers.values("COUNT", cpu.gp);
            selectors = cpu.registers.selectors("SELECT", cpu.gp, select);
        }
        if (draw.chance(60)) {
            cpu.registers.alias("COUNT_TOO", values, Optional.of(cpu.gp));
        }
        if (draw.chance(40)) {
            cpu.registers.alias("SELECT_TOO", selectors, Optional.of(cpu.gp));
        }
        cpu.fixed.ifPresent(this::drawFixed);
    }

    private void drawFixed(Bank bank) {
        DrawnLayout control = fixedLayout(bank);
        cpu.elements.add(control.text());
        Register values = cpu.registers.values("FIXED", bank);
        Register register = cpu.registers.single("FIXED_CONTROL", RegisterRole.SELECTOR, "selector", control);
        fixedControl = Optional.of(register);
        fixedBits = control.defined();
        if (draw.chance(30)) {
            cpu.registers.alias("FIXED_TOO", values, Optional.of(bank));
        }
        if (draw.chance(20)) {
            cpu.registers.alias("FIXED_CONTROL_TOO", register, Optional.empty());
        }
    }

    /* ------------------------------------------------------------- selectors */

    private DrawnLayout selectLayout() {
        List<Bit> bits = new ArrayList<>();
        codeWidth = draw.between(4, 12);
        umaskWidth = draw.between(4, 16);
        bits.addAll(slices("code", Role.EVENT_CODE, codeWidth));
        bits.addAll(slices("umask", Role.UNIT_MASK, umaskWidth));
        for (Role role : List.of(Role.USER_MODE, Role.KERNEL_MODE, Role.INTERRUPT_ENABLE, Role.ENABLE)) {
            Bit bit = Bit.of(name(role), role);
            bits.add(draw.chance(10) ? limited(bit) : bit);
        }
        int width = draw.between(0, 8);
        if (width > 0) {
            Bit bit = varied(Bit.of("cmask", Role.THRESHOLD).wide(width));
            bits.add(bit);
            modifiers.add(bit);
            threshold = bit.exists() && bit.on() == CpuSketch.ALL_COUNTERS ? Optional.of(bit.name()) : Optional.empty();
        }
        for (Role role : MORE_OF_A_SELECTOR) {
            boolean possible = role != Role.ANY_THREAD || cpu.version < FIXED_VERSION_WITHOUT_ANY_THREAD;
            if (possible && draw.chance(60)) {
                Bit bit = varied(Bit.of(name(role), role));
                bits.add(bit);
                modifiers.add(bit);
            }
        }
        DrawnLayout layout = new DrawnLayout(draw, "Select" + cpu.suffix, cpu.reserved());
        // what is wide first, while there is room in one piece
        bits.stream().filter(bit -> bit.width() > 1).forEach(bit -> place(layout, bit));
        draw.shuffled(bits.stream().filter(bit -> bit.width() == 1).toList()).forEach(bit -> place(layout, bit));
        for (String says : WITHOUT_EFFECT) {
            if (draw.chance(25)) {
                layout.place(Bit.plain("none" + WITHOUT_EFFECT.indexOf(says), 1).saying(says));
            }
        }
        return layout;
    }

    private static void place(DrawnLayout layout, Bit bit) {
        if (!layout.place(bit)) {
            throw new IllegalStateException("no room for " + bit);
        }
    }

    private static String name(Role role) {
        return DrawnLayout.words(role).replace(' ', '_');
    }

    /** A number in one field, or in two of which some counters may lack the upper one. */
    private List<Bit> slices(String name, Role role, int width) {
        if (draw.chance(50)) {
            return List.of(Bit.of(name, role).wide(width));
        }
        int low = draw.between(1, width - 1);
        Bit upper = Bit.of(name + "_high", role).wide(width - low).slice(low);
        return List.of(Bit.of(name, role).wide(low).slice(0), draw.chance(10) ? limited(upper) : upper);
    }

    /** On some counters only, or on CPUs with some capability. */
    private Bit varied(Bit bit) {
        return draw.chance(20) ? limited(bit) : draw.chance(20) ? guarded(bit) : bit;
    }

    private Bit limited(Bit bit) {
        List<Integer> some = draw.some(cpu.gp.withoutSmt());
        return bit.on(DrawnCpu.mask(cpu.gp, some), cpu.gp.name() + "[" + DrawnRegisters.listed(some) + "]");
    }

    private Bit guarded(Bit bit) {
        return switch (draw.between(0, 5)) {
            case 0 -> bit.guarded("when " + cpu.present(), true);
            case 1 -> bit.guarded("when " + cpu.absent(), false);
            case 2 -> bit.guarded("unless " + cpu.absent(), true);
            case 3 -> bit.guarded("unless " + cpu.present(), false);
            case 4 -> bit.guarded("when " + cpu.present() + " and " + cpu.absent(), false);
            default -> bit.guarded("when " + cpu.present() + " unless " + cpu.absent(), true);
        };
    }

    /* ------------------------------------------------------------- the control of fixed counters */

    private DrawnLayout fixedLayout(Bank bank) {
        List<Bit> needed = List.of(Bit.of("usr", Role.USER_MODE), Bit.of("os", Role.KERNEL_MODE), Bit.of("pmi", Role.INTERRUPT_ENABLE));
        List<Bit> more = new ArrayList<>();
        add(more, Bit.of("on", Role.ENABLE), 30);
        if (cpu.version < FIXED_VERSION_WITHOUT_ANY_THREAD) {
            add(more, Bit.of("any", Role.ANY_THREAD), 40);
        }
        add(more, Bit.of("edge", Role.EDGE_DETECT), 25);
        add(more, Bit.of("cmask", Role.THRESHOLD).wide(draw.between(1, 3)), 25);
        add(more, Bit.of("inv", Role.INVERT), 25);
        add(more, Bit.of("eq", Role.EQUAL), 15);
        add(more, Bit.of("tx", Role.IN_TRANSACTION), 15);
        add(more, Bit.of("txcp", Role.CHECKPOINTED), 15);
        add(more, Bit.of("hidden", Role.USER_READ_DISABLE), 15);
        add(more, Bit.plain("nothing", 1), 15);
        int farthest = DrawnCpu.farthest(bank);
        for (;;) {
            DrawnLayout layout = new DrawnLayout(draw, "FixedControl" + cpu.suffix, cpu.reserved());
            boolean together = draw.chance(50);
            List<Bit> first = new ArrayList<>(needed);
            if (together) {
                first.addAll(more);
            }
            if (layout.placeEach(bank, first, farthest) && (together || more.isEmpty() || layout.placeEach(bank, more, farthest))) {
                return layout;
            }
            if (!more.isEmpty()) {
                more.remove(draw.between(0, more.size() - 1));
            }
        }
    }

    private void add(List<Bit> bits, Bit bit, int percent) {
        if (draw.chance(percent)) {
            bits.add(draw.chance(15) ? guarded(bit) : bit);
        }
    }
}
