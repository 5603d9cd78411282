package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.generator.hardware.naive.CpuSketch;
import dev.vpmu.generator.hardware.naive.NaivePmu;
import dev.vpmu.generator.hardware.suite.GeneratedPmu;
import dev.vpmu.generator.hardware.suite.InterpretedTwin;
import dev.vpmu.generator.hardware.twin.InterpretedPmu;
import dev.vpmu.runtime.cpu.Cpu;
import java.util.List;

/**
 * A CPU in three forms that must agree.
 *
 * @param name what to call it
 * @param model what the compiler made of its text: the interpreter's form
 * @param door the generated code
 * @param sketch a description that owes nothing to the compiler: the naive model's form
 */
public record Subject(String name, CpuModel model, Cpu door, CpuSketch sketch) {

    /** The three, fresh from power-on: two siblings each with SMT on, one without. */
    List<Machine> machines(boolean smt) {
        return smt ? List.of(new NaiveMachine(new NaivePmu(sketch, true), new NaivePmu(sketch, true)),
                twin(true),
                generated(true))
                : List.of(new NaiveMachine(new NaivePmu(sketch, false)), twin(false),
                        generated(false));
    }

    private Machine generated(boolean smt) {
        return smt ? new LibraryMachine(new GeneratedPmu(door.hardware(true)), new GeneratedPmu(door.hardware(true)))
                : new LibraryMachine(new GeneratedPmu(door.hardware(false)));
    }

    /** The interpreter. */
    public Machine twin(boolean smt) {
        return smt ? new LibraryMachine(new InterpretedTwin(new InterpretedPmu(model, true)), new InterpretedTwin(new InterpretedPmu(model, true)))
                : new LibraryMachine(new InterpretedTwin(new InterpretedPmu(model, false)));
    }

    /** The two that do not walk through every cycle. */
    List<Machine> quickMachines(boolean smt) {
        return machines(smt).subList(1, 3);
    }

    /** Every address that it has, in some state of SMT. */
    public int[] addresses() {
        return model.addresses().stream().mapToLong(AddressModel::address).mapToInt(address -> (int) address).toArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
