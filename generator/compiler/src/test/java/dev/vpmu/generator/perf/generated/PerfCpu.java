package dev.vpmu.generator.perf.generated;

import dev.vpmu.dsl.model.ArrayPlace;
import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.List;
import java.util.Optional;

/**
 * A CPU to test generated perf on.
 *
 * @param model what the compiler made of its text
 * @param door the generated code
 * @param how what it takes to get it again
 */
record PerfCpu(CpuModel model, Cpu door, String how) {

    PmuHardware hardware(boolean smt) {
        return door.hardware(smt);
    }

    PerfCore perf(PmuHardware hardware, boolean smt) {
        return perf(hardware, hardware, smt);
    }

    /** perf on other registers than those of the hardware that has its interrupt. */
    PerfCore perf(PmuRegisters registers, PmuHardware interrupt, boolean smt) {
        return door.perf(new PerfSystem(), registers, interrupt, () -> 0, smt);
    }

    PerfHooks hooks(PmuHardware hardware, boolean smt) {
        return new PerfHooks(perf(hardware, smt));
    }

    /* ------------------------------------------------------------- where things are, looked up the slow way */

    BankModel bank(int globalIndex) {
        return model.banks().stream().filter(bank -> (bank.counters() >>> globalIndex & 1) != 0).findFirst().orElseThrow();
    }

    int index(int globalIndex) {
        return globalIndex - bank(globalIndex).firstIndex().orElseThrow();
    }

    LayoutModel layout(RegisterModel register) {
        return model.layout(register.layout().orElseThrow()).orElseThrow();
    }

    /** The selectors in whose words events are asked for. */
    RegisterModel selectors() {
        return model.registers().stream().filter(register -> register.role() == RegisterRole.SELECTOR
                && layout(register).fields().stream().anyMatch(field -> field.role() == FieldRole.EVENT_CODE)).findFirst().orElseThrow();
    }

    /** The fields of the word in which events are asked for. */
    List<FieldModel> selectorFields() {
        return layout(selectors()).fields().stream().filter(field -> field.array().isEmpty()).toList();
    }

    boolean isFixed(int globalIndex) {
        return !bank(globalIndex).name().equals(selectors().bank().orElseThrow());
    }

    /** The register that controls a counter. */
    RegisterModel control(int globalIndex) {
        BankModel bank = bank(globalIndex);
        return model.registers().stream().filter(register -> register.role() == RegisterRole.SELECTOR && register.aliasOf().isEmpty()
                && (register.bank().equals(Optional.of(bank.name())) || register.bank().isEmpty()
                        && layout(register).fields().stream().anyMatch(field -> isOf(field, globalIndex)))).findFirst().orElseThrow();
    }

    int controlAddress(int globalIndex) {
        RegisterModel control = control(globalIndex);
        return (int) (control.bank().isPresent() ? control.addressOf(index(globalIndex)) : control.address());
    }

    /** The fields that control a counter. */
    List<FieldModel> controlFields(int globalIndex) {
        RegisterModel control = control(globalIndex);
        return layout(control).fields().stream().filter(field -> control.bank().isEmpty() ? isOf(field, globalIndex)
                : field.array().isEmpty() && (field.onCounters() >>> globalIndex & 1) != 0).toList();
    }

    private boolean isOf(FieldModel field, int globalIndex) {
        Optional<ArrayPlace> array = field.array();
        return array.isPresent() && array.get().bank().equals(bank(globalIndex).name()) && array.get().indexes().contains(index(globalIndex));
    }

    /** The bits with which a counter's control register is told a role. */
    long controlBits(int globalIndex, FieldRole role) {
        return controlFields(globalIndex).stream().filter(field -> field.role() == role).mapToLong(field -> field.maskOf(index(globalIndex))).reduce(0, (a, b) -> a | b);
    }

    /** The bits that a write of a counter's control register may set. */
    long controlWritable(int globalIndex) {
        RegisterModel control = control(globalIndex);
        return control.writableMaskOfIndex().get(control.bank().isPresent() ? control.indexes().indexOf(index(globalIndex)) : 0);
    }

    /** The registers of a role that have a counter's bits of a role. */
    List<RegisterModel> words(RegisterRole register, FieldRole role, int globalIndex) {
        return model.registers().stream().filter(word -> word.role() == register && word.aliasOf().isEmpty() && bits(word, role, globalIndex) != 0).toList();
    }

    long bits(RegisterModel register, FieldRole role, int globalIndex) {
        return register.layout().isEmpty() ? 0 : layout(register).fields().stream().filter(field -> field.role() == role && isOf(field, globalIndex))
                .mapToLong(field -> field.maskOf(index(globalIndex))).reduce(0, (a, b) -> a | b);
    }

    @Override
    public String toString() {
        return model.packageName() + "." + model.name();
    }
}
