package dev.vpmu.generator.hardware.naive;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Bits;
import dev.vpmu.generator.hardware.naive.CpuSketch.Clock;
import dev.vpmu.generator.hardware.naive.CpuSketch.ClockEvent;
import dev.vpmu.generator.hardware.naive.CpuSketch.Clocks;
import dev.vpmu.generator.hardware.naive.CpuSketch.Extra;
import dev.vpmu.generator.hardware.naive.CpuSketch.Field;
import dev.vpmu.generator.hardware.naive.CpuSketch.FixedEvent;
import dev.vpmu.generator.hardware.naive.CpuSketch.Freeze;
import dev.vpmu.generator.hardware.naive.CpuSketch.Interrupt;
import dev.vpmu.generator.hardware.naive.CpuSketch.Rdpmc;
import dev.vpmu.generator.hardware.naive.CpuSketch.Register;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import dev.vpmu.generator.hardware.naive.CpuSketch.Reserved;
import dev.vpmu.generator.hardware.naive.CpuSketch.Role;
import dev.vpmu.generator.hardware.naive.CpuSketch.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Intel's architectural performance monitoring, versions 1 to 5, as domain.md §2 and §3 and models.md have it from the manual and the kernel. */
final class IntelSketch {

    static final int GP_INDEX = 0;
    static final int FIXED_INDEX = 32;

    private static final int MOST_FIXED = 4;
    // bits of IA32_PERF_CAPABILITIES
    private static final int FREEZE_IN_SMM = 12;
    private static final int FULL_WIDTH_WRITE = 13;
    private static final int PEBS_BASELINE = 14;
    private static final int METRICS = 15;
    private static final long COUNTERS_FROZEN = 1L << 59;
    private static final long BRANCHES_FROZEN = 1L << 58;

    final Bank gp;
    final Bank fixed;
    final List<Register> registers = new ArrayList<>();
    final List<Extra> extras = new ArrayList<>();

    private final String name;
    private final int version;
    private final boolean transactions;
    private final OptionalLong capabilities;
    private final List<Field> fields = new ArrayList<>();
    private final List<Freeze> freezes = new ArrayList<>();

    /**
     * Registers and bits that the version brings.
     *
     * @param fixed counters of version 2 on; of a CPU of version 1 none
     * @param transactions whether the CPU has TSX
     * @param capabilities what IA32_PERF_CAPABILITIES reads; absent where CPUID does not show the register
     */
    IntelSketch(String name, int version, Bank gp, Bank fixed, boolean transactions, OptionalLong capabilities) {
        this.name = name;
        this.version = version;
        this.gp = gp;
        this.fixed = fixed;
        this.transactions = transactions;
        this.capabilities = capabilities;
        addProgrammable();
        if (version >= 2) {
            addFixed();
            addGlobal();
            addControls();
            addCapabilities();
        }
    }

    static Bank gp(int width, List<Integer> withSmt, List<Integer> withoutSmt) {
        return new Bank("gp", OptionalInt.of(GP_INDEX), OptionalInt.of(0), width, withSmt, withoutSmt);
    }

    static Bank fixed(int width, List<Integer> indexes) {
        return new Bank("fixed", OptionalInt.of(FIXED_INDEX), OptionalInt.of(0x4000), width, indexes, indexes);
    }

    private boolean has(int capability) {
        return capabilities.isPresent() && (capabilities.getAsLong() >> capability & 1) == 1;
    }

    private boolean hasAnyThread() {
        return version == 3 || version == 4;
    }

    private void addProgrammable() {
        registers.add(Register.array("IA32_PMC", gp, 0x0C1, RegisterRole.VALUE, new Write.SignExtend(32)));
        long adaptive = version >= 5 && has(PEBS_BASELINE) ? 1L << 34 : 0;
        long common = (hasAnyThread() ? 0xFFFF_FFFFL : 0xFFDF_FFFFL) | adaptive;
        long inTx = transactions ? 1L << 32 : 0;
        long checkpointed = transactions ? 1L << 33 : 0;
        List<Long> writable = gp.withoutSmt().stream().map(index -> common | inTx | (index == 2 ? checkpointed : 0)).toList();
        String selector = "IA32_PERFEVTSEL";
        registers.add(Register.array(selector, gp, 0x186, RegisterRole.SELECTOR, new Write.Checked(Reserved.FAULTS)).writable(writable));
        fields.add(Field.of(selector, Role.EVENT_CODE, 0, 8));
        fields.add(Field.of(selector, Role.UNIT_MASK, 8, 8));
        fields.add(Field.of(selector, Role.USER_MODE, 16, 1));
        fields.add(Field.of(selector, Role.KERNEL_MODE, 17, 1));
        fields.add(Field.of(selector, Role.EDGE_DETECT, 18, 1));
        fields.add(Field.of(selector, Role.INTERRUPT_ENABLE, 20, 1));
        if (hasAnyThread()) {
            fields.add(Field.of(selector, Role.ANY_THREAD, 21, 1));
        }
        fields.add(Field.of(selector, Role.ENABLE, 22, 1));
        fields.add(Field.of(selector, Role.INVERT, 23, 1));
        fields.add(Field.of(selector, Role.THRESHOLD, 24, 8));
        if (transactions) {
            fields.add(Field.of(selector, Role.IN_TRANSACTION, 32, 1));
            fields.add(Field.of(selector, Role.CHECKPOINTED, 33, 1).on(1L << GP_INDEX + 2));
        }
    }

    private void addFixed() {
        registers.add(Register.array("IA32_FIXED_CTR", fixed, 0x309, RegisterRole.VALUE, new Write.Truncate()));
        String control = "IA32_FIXED_CTR_CTRL";
        long nibble = (hasAnyThread() ? 0xF : 0xB) | (version >= 5 && has(PEBS_BASELINE) ? 1L << 32 : 0);
        long metricsClear = version >= 5 && has(METRICS) ? 1 << 14 : 0;
        long writable = fixed.withoutSmt().stream().mapToLong(index -> nibble << 4 * index).reduce(metricsClear, (a, b) -> a | b);
        registers.add(Register.single(control, 0x38D, RegisterRole.SELECTOR, new Write.Checked(Reserved.FAULTS)).writable(writable));
        fields.add(Field.each(control, fixed, Role.KERNEL_MODE, 0, 4));
        fields.add(Field.each(control, fixed, Role.USER_MODE, 1, 4));
        if (hasAnyThread()) {
            fields.add(Field.each(control, fixed, Role.ANY_THREAD, 2, 4));
        }
        fields.add(Field.each(control, fixed, Role.INTERRUPT_ENABLE, 3, 4));
    }

    private static long bits(Bank bank, List<Integer> indexes) {
        return indexes.stream().mapToLong(index -> 1L << bank.firstIndex().getAsInt() + index).reduce(0, (a, b) -> a | b);
    }

    private void addGlobal() {
        long programmable = bits(gp, gp.withoutSmt());
        long onlyWithoutSmt = programmable & ~bits(gp, gp.withSmt());
        long counters = programmable | bits(fixed, fixed.withoutSmt()) | (has(METRICS) ? 1L << 48 : 0);
        long status = counters | 1L << 55 | 1L << 61 | 1L << 62 | 1L << 63 | (version >= 4 ? BRANCHES_FROZEN | COUNTERS_FROZEN | 1L << 60 : 0);
        registers.add(Register.single("IA32_PERF_GLOBAL_STATUS", 0x38E, RegisterRole.STATUS, new Write.Fault()).withoutSmtMask(onlyWithoutSmt));
        registers.add(Register.single("IA32_PERF_GLOBAL_CTRL", 0x38F, RegisterRole.ENABLE, new Write.Checked(Reserved.FAULTS))
                .writable(counters).withoutSmtMask(onlyWithoutSmt).reset(programmable));
        registers.add(Register.single("IA32_PERF_GLOBAL_OVF_CTRL", 0x390, RegisterRole.CLEAR,
                new Write.Change("IA32_PERF_GLOBAL_STATUS", false, Reserved.FAULTS)).writable(status).withoutSmtMask(onlyWithoutSmt).reads(0));
        addEach("IA32_PERF_GLOBAL_CTRL", Role.ENABLE);
        addEach("IA32_PERF_GLOBAL_STATUS", Role.OVERFLOW);
        if (version >= 4) {
            fields.add(Field.of("IA32_PERF_GLOBAL_STATUS", Role.COUNTERS_FROZEN, 59, 1));
            registers.add(Register.single("IA32_PERF_GLOBAL_STATUS_SET", 0x391, RegisterRole.SET,
                    new Write.Change("IA32_PERF_GLOBAL_STATUS", true, Reserved.FAULTS)).writable(status).withoutSmtMask(onlyWithoutSmt).reads(0));
            registers.add(Register.single("IA32_PERF_GLOBAL_INUSE", 0x392, RegisterRole.USAGE, new Write.Fault()).withoutSmtMask(onlyWithoutSmt));
            addEach("IA32_PERF_GLOBAL_INUSE", Role.IN_USE);
            fields.add(Field.of("IA32_PERF_GLOBAL_INUSE", Role.ANY_INTERRUPT, 63, 1));
        }
    }

    private void addEach(String register, Role role) {
        fields.add(Field.each(register, gp, role, GP_INDEX, 1));
        fields.add(Field.each(register, fixed, role, FIXED_INDEX, 1));
    }

    private void addControls() {
        registers.add(Register.single("IA32_DEBUGCTL", 0x1D9, RegisterRole.OTHER, new Write.Checked(Reserved.FAULTS))
                .writable(0x3FC3 | (has(FREEZE_IN_SMM) ? 1 << 14 : 0) | (transactions ? 1 << 15 : 0)));
        registers.add(Register.single("IA32_MISC_ENABLE", 0x1A0, RegisterRole.OTHER, new Write.Checked(Reserved.KEPT)).writable(0).reset(0x80));
        registers.add(Register.single("IA32_VMX_TRUE_EXIT_CTLS", 0x48F, RegisterRole.OTHER, new Write.Fault()));
        if (version < 4) {
            freezes.add(new Freeze("IA32_DEBUGCTL", 1 << 12, "IA32_PERF_GLOBAL_CTRL", bits(gp, gp.withoutSmt()) | bits(fixed, fixed.withoutSmt()), false));
            freezes.add(new Freeze("IA32_DEBUGCTL", 1 << 11, "IA32_DEBUGCTL", 1, false));
        } else {
            freezes.add(new Freeze("IA32_DEBUGCTL", 1 << 12, "IA32_PERF_GLOBAL_STATUS", COUNTERS_FROZEN, true));
            freezes.add(new Freeze("IA32_DEBUGCTL", 1 << 11, "IA32_PERF_GLOBAL_STATUS", BRANCHES_FROZEN, true));
        }
    }

    /** The counters at their full width exist where the register says so. */
    private void addCapabilities() {
        if (capabilities.isPresent()) {
            registers.add(Register.single("IA32_PERF_CAPABILITIES", 0x345, RegisterRole.OTHER, new Write.Fault()).reset(capabilities.getAsLong()));
        }
        if (has(FULL_WIDTH_WRITE)) {
            registers.add(Register.array("IA32_A_PMC", gp, 0x4C1, RegisterRole.VALUE, new Write.FaultBeyondWidth()).alias("IA32_PMC"));
        }
    }

    /** The sketch; {@code records} are banks that hold no counters. */
    CpuSketch sketch(Clocks clocks, List<Bank> records) {
        List<Bank> banks = new ArrayList<>(List.of(gp));
        List<FixedEvent> fixedEvents = new ArrayList<>();
        if (version >= 2) {
            banks.add(fixed);
            fixed.withoutSmt().forEach(index -> fixedEvents.add(fixedEvent(index)));
        }
        banks.addAll(records);
        return new CpuSketch(name, banks, registers, fields, freezes, Optional.of(new Rdpmc(Optional.of(new Bits(31, 16)), new Bits(15, 0))),
                Interrupt.MASKS_ITSELF, extras, clocks,
                List.of(new ClockEvent(0x3C, 0x00, Clock.CORE), new ClockEvent(0x3C, 0x01, Clock.BUS)), fixedEvents);
    }

    /** Instructions, core cycles, reference cycles at the rate of the time-stamp counter, and slots where there is such an event. */
    private FixedEvent fixedEvent(int index) {
        int global = FIXED_INDEX + index;
        return switch (index) {
            case 0 -> FixedEvent.coded(global, 0xC0, 0x00);
            case 1 -> FixedEvent.clock(global, Clock.CORE);
            case 2 -> FixedEvent.clock(global, Clock.TSC);
            case MOST_FIXED - 1 -> version >= 5 ? FixedEvent.coded(global, 0xA4, 0x01) : FixedEvent.own(global);
            default -> FixedEvent.own(global);
        };
    }
}
