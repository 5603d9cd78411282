package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.FieldModel;

/**
 * Which counter.
 *
 * @param bank its bank, one with a place in masks
 * @param index its index there
 */
record CounterPlace(BankModel bank, int index) {

    /** Its index among all counters of the CPU. */
    int globalIndex() {
        return bank.firstIndex().orElseThrow() + index;
    }

    /** Its bit among all counters of the CPU. */
    long globalMask() {
        return 1L << globalIndex();
    }

    /** Whether the field is one of an array that has an element for this counter. */
    boolean hasElementOf(FieldModel field) {
        return field.array().filter(array -> array.bank().equals(bank.name()) && array.indexes().contains(index)).isPresent();
    }
}
