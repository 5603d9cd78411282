package dev.vpmu.generator.hardware.naive;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Freeze;
import dev.vpmu.generator.hardware.naive.CpuSketch.Register;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import dev.vpmu.generator.hardware.naive.CpuSketch.Role;
import dev.vpmu.generator.hardware.naive.DrawnLayout.Bit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registers for all counters at once, and what freezes. */
final class DrawnGlobals {

    private static final int FIRST_WITH_GLOBALS = 2;
    private static final int FIRST_WITH_USAGE = 4;
    private static final int MOST_APART = 4;

    final List<Freeze> freezes = new ArrayList<>();

    private final DrawnCpu cpu;
    private final Draw draw;
    private final DrawnRegisters registers;
    private final DrawnControls controls;

    private Optional<Register> enable = Optional.empty();
    private Optional<Register> status = Optional.empty();
    private DrawnLayout enableBits;
    private DrawnLayout statusBits;

    DrawnGlobals(DrawnCpu cpu, DrawnControls controls) {
        this.cpu = cpu;
        this.draw = cpu.draw;
        this.registers = cpu.registers;
        this.controls = controls;
    }

    void draw() {
        if (has(FIRST_WITH_GLOBALS, 75)) {
            drawEnables();
        }
        if (has(FIRST_WITH_GLOBALS, 75)) {
            drawStatus();
        }
        if (has(FIRST_WITH_USAGE, 35)) {
            drawUsage();
        }
        drawFreezes();
    }

    /** Whether there are registers that some version brings: always from it on, never before, and perhaps where no version is said. */
    private boolean has(int firstVersion, int percent) {
        return cpu.version >= firstVersion || cpu.version == 0 && draw.chance(percent);
    }

    /** A bit for each counter of the banks, wherever there is room. */
    private DrawnLayout each(String name, Role role, List<Bank> banks) {
        DrawnLayout layout = new DrawnLayout(draw, name + cpu.suffix, cpu.reserved());
        boolean naturally = draw.chance(40);
        for (Bank bank : banks) {
            Bit bit = Bit.of(DrawnLayout.words(role).replace(' ', '_') + "_" + (bank == cpu.gp ? "gp" : "fixed"), role);
            if (!naturally || !layout.placeNaturally(bank, bit)) {
                layout.placeEach(bank, List.of(bit), Math.min(MOST_APART, DrawnCpu.farthest(bank)));
            }
        }
        return layout;
    }

    private void maybe(DrawnLayout layout, int percent, Bit bit) {
        if (draw.chance(percent)) {
            layout.place(bit);
        }
    }

    private void drawEnables() {
        enableBits = each("Enables", Role.ENABLE, cpu.counters());
        maybe(enableBits, 25, Bit.plain("metrics", 1).saying("is metrics enable"));
        maybe(enableBits, 15, Bit.plain("spare", 1));
        cpu.elements.add(enableBits.text());
        Register register = registers.enabling("ENABLE", enableBits, draw.oneOf(cpu.counters()));
        enable = Optional.of(register);
        if (draw.chance(20)) {
            registers.alias("ENABLE_TOO", register, Optional.empty());
        }
        if (cpu.version == 0 && draw.chance(20)) {
            DrawnLayout second = each("MoreEnables", Role.ENABLE, List.of(draw.oneOf(cpu.counters())));
            cpu.elements.add(second.text());
            registers.single("ENABLE_AGAIN", RegisterRole.ENABLE, "enable", second);
        }
    }

    private void drawStatus() {
        statusBits = each("Status", Role.OVERFLOW, cpu.counters());
        Bit frozen = Bit.of("counters_frozen", Role.COUNTERS_FROZEN);
        maybe(statusBits, 60, draw.chance(15) ? frozen.guarded("when " + cpu.absent(), false) : frozen);
        maybe(statusBits, 40, Bit.plain("branches_frozen", 1).saying("is branches frozen"));
        maybe(statusBits, 40, Bit.plain("buffer", 1).saying("is buffer overflow"));
        maybe(statusBits, 20, Bit.plain("spare", 1));
        cpu.elements.add(statusBits.text());
        Register register = draw.chance(80) ? registers.shown("STATUS", RegisterRole.STATUS, "status", statusBits)
                : registers.single("STATUS", RegisterRole.STATUS, "status", statusBits);
        status = Optional.of(register);
        if (has(FIRST_WITH_GLOBALS, 80)) {
            registers.changing("CLEAR", register, statusBits, false);
        }
        if (has(FIRST_WITH_USAGE, 50)) {
            registers.changing("SET", register, statusBits, true);
        }
        if (draw.chance(20)) {
            registers.alias("STATUS_TOO", register, Optional.empty());
        }
        if (cpu.version == 0 && draw.chance(15)) {
            DrawnLayout second = each("MoreStatus", Role.OVERFLOW, List.of(draw.oneOf(cpu.counters())));
            maybe(second, 30, Bit.of("stopped", Role.COUNTERS_FROZEN));
            cpu.elements.add(second.text());
            registers.single("STATUS_AGAIN", RegisterRole.STATUS, "status", second);
        }
    }

    private void drawUsage() {
        DrawnLayout usage = each("Usage", Role.IN_USE, cpu.counters());
        maybe(usage, 70, Bit.of("any_interrupt", Role.ANY_INTERRUPT));
        maybe(usage, 20, Bit.plain("spare", 2));
        cpu.elements.add(usage.text());
        if (draw.chance(70)) {
            registers.shown("USAGE", RegisterRole.USAGE, "usage", usage);
        } else {
            registers.single("USAGE", RegisterRole.USAGE, "usage", usage);
        }
        if (draw.chance(60)) {
            registers.plain("RECORDS", RegisterRole.PRECISE_ENABLE, "precise enable");
        }
    }

    /* ------------------------------------------------------------- what freezes */

    private void drawFreezes() {
        if (draw.chance(25)) {
            return;
        }
        DrawnLayout debug = new DrawnLayout(draw, "Debug" + cpu.suffix, cpu.reserved());
        debug.place(Bit.plain("stop_counters", 1));
        debug.place(Bit.plain("stop_branches", draw.between(1, 2)));
        debug.place(Bit.plain("branches", 1).saying("is branch enable"));
        maybe(debug, 40, Bit.plain("spare", 3));
        cpu.elements.add(debug.text());
        Register register = registers.single("DEBUG", RegisterRole.OTHER, "control", debug);
        if (draw.chance(85)) {
            freezeCounters(register, debug);
        }
        if (draw.chance(50)) {
            freezeBranches(register, debug);
        }
    }

    private boolean mayClear() {
        return cpu.version < FIRST_WITH_USAGE;
    }

    private void freezeCounters(Register flag, DrawnLayout debug) {
        long when = debug.mask("stop_counters");
        String words = "counters  when DEBUG.stop_counters";
        int kind = draw.between(0, 9);
        if (kind < 4 && status.isPresent() && statusBits.has(Role.COUNTERS_FROZEN)) {
            freeze(words + "  sets STATUS.counters_frozen", flag, when, "STATUS", statusBits.mask("counters_frozen"), true);
        } else if (kind < 8 && enable.isPresent() && mayClear()) {
            freeze(words + "  clears ENABLE", flag, when, "ENABLE", enableBits.defined(), false);
        } else if (kind == 8 && controls.fixedControl().isPresent() && mayClear()) {
            String register = controls.fixedControl().get().name();
            freeze(words + "  clears " + register, flag, when, register, controls.fixedBits(), false);
        } else if (status.isPresent()) {
            freeze(words + "  sets STATUS", flag, when, "STATUS", statusBits.defined(), true);
        }
    }

    private void freezeBranches(Register flag, DrawnLayout debug) {
        long when = debug.mask("stop_branches");
        String words = "branches  when DEBUG.stop_branches";
        if (status.isPresent() && statusBits.mask("branches_frozen") != 0 && draw.chance(60)) {
            freeze(words + "  sets STATUS.branches_frozen", flag, when, "STATUS", statusBits.mask("branches_frozen"), true);
        } else if (mayClear()) {
            freeze(words + "  clears DEBUG.branches", flag, when, "DEBUG", debug.mask("branches"), false);
        }
    }

    private void freeze(String words, Register flag, long when, String target, long mask, boolean sets) {
        cpu.statements.add("    freeze " + words + "\n");
        freezes.add(new Freeze(flag.name(), when, target, mask, sets));
    }
}
