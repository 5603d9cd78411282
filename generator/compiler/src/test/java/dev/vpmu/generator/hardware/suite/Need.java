package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.FreezeSubject;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.function.Predicate;

/** What a test may need of a CPU; decided by the model, never by what the hardware does. */
enum Need {
    /** At least one counter that software can make count. */
    COUNTERS(cpu -> !cpu.counters().isEmpty()),
    USER_MODE(cpu -> has(cpu, FieldRole.USER_MODE)),
    GLOBAL_ENABLES(cpu -> cpu.counters().stream().anyMatch(counter -> !counter.enables().isEmpty())),
    /** Status bits for overflows. */
    OVERFLOWS(cpu -> !cpu.reporting().isEmpty()),
    /** A status bit that stops every counter, and that software can set and clear. */
    FROZEN_BIT(cpu -> !cpu.globals().frozen().isEmpty()
            && cpu.globals().frozen().stream().allMatch(part -> cpu.globals().canSet(part) && cpu.globals().canClear(part))),
    /** Counters that can ask for a PMI. */
    INTERRUPTS(cpu -> cpu.cpu().interrupt().isPresent() && has(cpu, FieldRole.INTERRUPT_ENABLE)),
    MASKS_ITSELF(cpu -> cpu.cpu().interrupt().map(interrupt -> interrupt.masksItself()).orElse(false)),
    STAYS_UNMASKED(cpu -> cpu.cpu().interrupt().map(interrupt -> !interrupt.masksItself()).orElse(false)),
    TWO_INTERRUPTING(cpu -> cpu.counters(FieldRole.INTERRUPT_ENABLE).size() >= 2),
    THRESHOLD(cpu -> has(cpu, FieldRole.THRESHOLD)),
    EDGE(cpu -> has(cpu, FieldRole.EDGE_DETECT)),
    ANY_THREAD(cpu -> has(cpu, FieldRole.ANY_THREAD)),
    TRANSACTIONS(cpu -> has(cpu, FieldRole.IN_TRANSACTION)),
    CHECKPOINTS(cpu -> has(cpu, FieldRole.CHECKPOINTED)),
    USER_READ_DISABLE(cpu -> has(cpu, FieldRole.USER_READ_DISABLE)),
    FREEZES_COUNTERS(cpu -> cpu.cpu().freezes().stream().anyMatch(freeze -> Freezing.canBeAsked(cpu, freeze) && freeze.subject() == FreezeSubject.COUNTERS)),
    FREEZES_BRANCHES(cpu -> cpu.cpu().freezes().stream().anyMatch(freeze -> Freezing.canBeAsked(cpu, freeze) && freeze.subject() == FreezeSubject.BRANCHES)),
    /** Events that need a value in a register of their own, which takes 1 and 2. */
    EXTRA_REGISTERS(cpu -> cpu.cpu().extras().stream().flatMap(extra -> extra.rows().stream()).anyMatch(row -> isExtraAndPlain(cpu, row))),
    RDPMC(cpu -> cpu.cpu().rdpmc().isPresent()),
    USAGE(cpu -> !cpu.globals().registers(RegisterRole.USAGE).isEmpty()),
    /** A register that siblings share, and that holds any value. */
    SHARED_REGISTER(cpu -> cpu.cpu().registers().stream().anyMatch(Need::isSharedAndPlain)),
    /** Instructions and branches, and counters that can hold ten million of them. */
    INSTRUCTIONS_AND_BRANCHES(cpu -> Loops.of(cpu, EventRole.INSTRUCTIONS).isPresent() && Loops.of(cpu, EventRole.BRANCHES).isPresent()),
    /** The first seven events of leaf 0xA. */
    ARCHITECTURAL_EVENTS(cpu -> Loops.SEVEN.stream().allMatch(role -> Loops.of(cpu, role).isPresent())),
    FIXED_COUNTERS(cpu -> cpu.counters().stream().anyMatch(counter -> !counter.isProgrammable())),
    /** The addresses and bits that the Intel manual gives. */
    INTEL(cpu -> isIntel(cpu.cpu())),
    INTEL_VERSION_2(cpu -> isIntel(cpu.cpu()) && cpu.cpu().version() >= 2),
    INTEL_BEFORE_4(cpu -> isIntel(cpu.cpu()) && cpu.cpu().version() >= 2 && cpu.cpu().version() < 4),
    INTEL_VERSION_4(cpu -> isIntel(cpu.cpu()) && cpu.cpu().version() >= 4),
    FULL_WIDTH_WRITES(cpu -> isIntel(cpu.cpu()) && cpu.cpu().register("IA32_A_PMC").isPresent()),
    NO_FULL_WIDTH_WRITES(cpu -> isIntel(cpu.cpu()) && cpu.cpu().register("IA32_A_PMC").isEmpty()),
    /** Nothing: every CPU has registers. */
    REGISTERS(cpu -> true);

    private final Predicate<TestedCpu> met;

    Need(Predicate<TestedCpu> met) {
        this.met = met;
    }

    boolean isMetBy(TestedCpu cpu) {
        return met.test(cpu);
    }

    private static boolean has(TestedCpu cpu, FieldRole role) {
        return !cpu.counters(role).isEmpty();
    }

    private static boolean isIntel(CpuModel cpu) {
        return cpu.register("IA32_PERFEVTSEL").isPresent();
    }

    static boolean isExtraAndPlain(TestedCpu cpu, ExtraRow row) {
        return new WordPart(cpu.cpu().register(row.register()).orElseThrow(), 0, cpu.smt(), 3).settable();
    }

    static boolean isSharedAndPlain(RegisterModel register) {
        return register.domain() != Domain.THREAD && register.role() != RegisterRole.USAGE && register.aliasOf().isEmpty() && register.bank().isEmpty()
                && new WordPart(register, 0, false, 1).settable();
    }
}
