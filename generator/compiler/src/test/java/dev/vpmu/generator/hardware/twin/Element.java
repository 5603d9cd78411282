package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RegisterModel;

/**
 * One element of a register, with SMT on or off.
 *
 * @param register the register
 * @param index the counter's index; 0 for a single register
 * @param writable the bits that a write may set
 * @param widthMask as many ones as the counters of its bank are wide; all ones where it has none
 * @param resetValue its value after power-on
 * @param word where it is stored; of an alias, where its target is
 */
record Element(RegisterModel register, int index, long writable, long widthMask, long resetValue, Word word) {

    static Element of(CpuModel cpu, RegisterModel register, int index, boolean smt, Word word) {
        int position = register.bank().isPresent() ? register.indexes().indexOf(index) : 0;
        int width = register.bank().flatMap(cpu::bank).map(BankModel::width).orElse(0);
        long there = smt ? ~register.withoutSmtMask() : -1L;
        return new Element(register, index, register.writableMaskOfIndex().get(position) & there, width == 0 ? -1L : Bits.mask(0, width),
                register.resetValue() & there, word);
    }

    boolean isAlias() {
        return register.aliasOf().isPresent();
    }
}
