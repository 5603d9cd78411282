package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The counters that a CPU has with SMT on or off. */
final class Counters {

    private final List<InterpretedCounter> all;

    Counters(CpuModel cpu, boolean smt, RegisterFile registers) {
        all = cpu.banks().stream().filter(bank -> bank.firstIndex().isPresent())
                .flatMap(bank -> present(bank, smt).stream().map(index -> new CounterPlace(bank, index)))
                .flatMap(place -> InterpretedCounter.at(cpu, registers, place).stream()).toList();
    }

    private static List<Integer> present(BankModel bank, boolean smt) {
        return smt ? bank.present() : bank.presentWithoutSmt();
    }

    List<InterpretedCounter> all() {
        return all;
    }

    /** The counter at a place that fits; empty if there is none in this state of SMT. */
    Optional<InterpretedCounter> find(Predicate<CounterPlace> place) {
        return all.stream().filter(counter -> place.test(counter.place())).findFirst();
    }

    void reset() {
        all.forEach(counter -> counter.held(false));
    }
}
