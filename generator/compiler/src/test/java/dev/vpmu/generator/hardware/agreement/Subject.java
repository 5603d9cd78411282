package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.generator.hardware.naive.CpuSketch;
import dev.vpmu.generator.hardware.naive.NaivePmu;
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
                new TwinMachine(new InterpretedPmu(model, true), new InterpretedPmu(model, true)),
                new GeneratedMachine(door.hardware(true), door.hardware(true)))
                : List.of(new NaiveMachine(new NaivePmu(sketch, false)), new TwinMachine(new InterpretedPmu(model, false)),
                        new GeneratedMachine(door.hardware(false)));
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
