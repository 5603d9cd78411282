package dev.vpmu.generator.hardware.naive;

import static dev.vpmu.generator.hardware.naive.DrawnRegisters.hex;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Clock;
import dev.vpmu.generator.hardware.naive.CpuSketch.ClockEvent;
import dev.vpmu.generator.hardware.naive.CpuSketch.Coded;
import dev.vpmu.generator.hardware.naive.CpuSketch.Extra;
import dev.vpmu.generator.hardware.naive.CpuSketch.FixedEvent;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What counters count: events with roles, what fixed counters count, and extra registers. */
final class DrawnEvents {

    private static final Map<String, Clock> CLOCKS = Map.of("cycles", Clock.CORE, "reference cycles", Clock.TSC, "bus cycles", Clock.BUS);
    private static final List<String> ROLES = List.of("cycles", "reference cycles", "bus cycles", "instructions", "branches", "slots", "cache misses");

    final List<ClockEvent> clockEvents = new ArrayList<>();
    final List<FixedEvent> fixedEvents = new ArrayList<>();
    final List<Extra> extras = new ArrayList<>();

    private final DrawnCpu cpu;
    private final Draw draw;
    private final int codeWidth;
    private final int umaskWidth;
    private final Optional<String> threshold;
    /** The programmable events by role, those that are no clocks. */
    private final Map<String, Coded> coded = new LinkedHashMap<>();
    private final Map<Integer, String> ofCounters = new LinkedHashMap<>();
    private final List<Coded> taken = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();

    DrawnEvents(DrawnCpu cpu, DrawnControls controls) {
        this.cpu = cpu;
        this.draw = cpu.draw;
        this.codeWidth = controls.codeWidth();
        this.umaskWidth = controls.umaskWidth();
        this.threshold = controls.threshold();
    }

    void draw() {
        for (String role : ROLES) {
            if (draw.chance(60)) {
                drawProgrammable(role);
            }
        }
        if (draw.chance(15)) {
            drawProgrammable("cycles");
        }
        // what has settings says nothing of its code
        threshold.filter(field -> draw.chance(20)).ifPresent(field -> add(drawCode(), " (" + field + " 1)", "  is bus cycles"));
        for (int without = draw.between(0, 2); without > 0; without--) {
            add(drawCode(), "", "");
        }
        cpu.fixed.ifPresent(this::drawFixed);
        cpu.elements.add("events Events" + cpu.suffix + " for Drawn" + cpu.suffix + " {\n" + String.join("", draw.shuffled(rows)) + "}\n");
        cpu.statements.add("    events Events" + cpu.suffix + "\n");
        drawExtras();
    }

    /** Every code that an event has, or that an extra register is for. */
    List<Coded> codes() {
        return taken;
    }

    /** A code that no event has yet. */
    private Coded drawCode() {
        for (;;) {
            Coded code = new Coded((int) draw.bits(draw.chance(50) ? codeWidth : 4), (int) draw.bits(draw.chance(50) ? umaskWidth : 4));
            if (!taken.contains(code)) {
                taken.add(code);
                return code;
            }
        }
    }

    private void add(Coded code, String settings, String attributes) {
        rows.add("    E" + rows.size() + " = " + hex(code.code()) + ":" + hex(code.umask()) + settings + attributes + "\n");
    }

    private void drawProgrammable(String role) {
        Coded code = drawCode();
        add(code, "", "  is " + role);
        if (CLOCKS.containsKey(role)) {
            clockEvents.add(new ClockEvent(code.code(), code.umask(), CLOCKS.get(role)));
        } else {
            coded.put(role, code);
        }
    }

    /* ------------------------------------------------------------- fixed counters */

    private void drawFixed(Bank bank) {
        for (int index : bank.withoutSmt()) {
            if (draw.chance(50)) {
                String role = draw.oneOf(ROLES);
                boolean said = draw.chance(80);
                rows.add("    F" + index + " = " + bank.name() + "[" + index + "]" + (said ? "  is " + role : "") + "\n");
                if (said) {
                    ofCounters.put(index, role);
                }
            }
            if (draw.chance(60)) {
                ofCounters.put(index, counts(bank, index));
            }
            fixedEvents.add(event(bank.firstIndex().getAsInt() + index, ofCounters.get(index)));
        }
        if (draw.chance(15)) {
            // a counter that is not there
            counts(bank, bank.withoutSmt().get(bank.withoutSmt().size() - 1) + 1);
        }
    }

    private String counts(Bank bank, int index) {
        String role = draw.oneOf(ROLES);
        cpu.statements.add("    counter " + bank.name() + "[" + index + "]  counts " + role + "\n");
        return role;
    }

    private FixedEvent event(int globalIndex, String role) {
        if (role != null && CLOCKS.containsKey(role)) {
            return FixedEvent.clock(globalIndex, CLOCKS.get(role));
        }
        return role != null && coded.containsKey(role) ? FixedEvent.coded(globalIndex, coded.get(role).code(), coded.get(role).umask())
                : FixedEvent.own(globalIndex);
    }

    /* ------------------------------------------------------------- extra registers */

    private void drawExtras() {
        List<String> statements = new ArrayList<>();
        for (int i = draw.between(0, 2); i > 0; i--) {
            List<String> uses = new ArrayList<>();
            List<String> registers = new ArrayList<>();
            for (int j = draw.between(1, 2); j > 0; j--) {
                String register = cpu.registers.plain("EXTRA_" + i + j, RegisterRole.OTHER, "extra").name();
                registers.add(register);
                Coded code = draw.chance(25) && !taken.isEmpty() ? draw.oneOf(taken) : drawCode();
                List<Integer> some = draw.some(cpu.gp.withoutSmt());
                boolean limited = draw.chance(40);
                uses.add("        " + hex(code.code()) + ":" + hex(code.umask()) + "  uses " + register + "  valid " + hex(draw.bits())
                        + (limited ? "  on " + cpu.gp.name() + "[" + DrawnRegisters.listed(some) + "]" : "") + "\n");
                extras.add(new Extra(code.code(), code.umask(), register, limited ? DrawnCpu.mask(cpu.gp, some) : CpuSketch.ALL_COUNTERS));
            }
            if (cpu.software.chance(30)) {
                Coded code = new Coded((int) cpu.software.bits(codeWidth), (int) cpu.software.bits(umaskWidth));
                String register = cpu.software.oneOf(registers);
                uses.add("        " + hex(code.code()) + ":" + hex(code.umask()) + "  uses " + register + "  valid " + hex(cpu.software.bits()) + "\n");
                extras.add(new Extra(code.code(), code.umask(), register, CpuSketch.ALL_COUNTERS));
            }
            statements.add("    extra need" + i + (cpu.software.chance(50) ? " interchangeable" : "")
                    + (draw.chance(20) ? " per core" : "") + " {\n" + String.join("", uses) + "    }\n");
        }
        // of rows for one event the first decides, so their order has to stay
        cpu.statements.add(String.join("", statements));
        for (int i = draw.between(0, 3); i > 0; i--) {
            var plain = cpu.registers.plain("PLAIN_" + i, RegisterRole.OTHER, "plain");
            if (draw.chance(30)) {
                cpu.registers.alias("PLAIN_TOO_" + i, plain, Optional.empty());
            }
        }
    }
}
