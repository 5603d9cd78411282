package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.generator.hardware.naive.NaiveStep;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws programs for a CPU: what a guest would do, what it should not do, and much in between. Addresses, bits, events and values
 * come from the CPU's model.
 */
public final class ProgramDraw {

    private static final int LVTPC_NMI = 0x400;

    private final CpuModel cpu;
    private final int threads;
    private final long longestStep;
    private final SplittableRandom random;
    private final List<RegisterModel> productive;
    private final ValueDraw values;

    /**
     * Draws for {@code cpu}.
     *
     * @param threads 2 for siblings
     * @param longestStep how many cycles a step takes at the most
     */
    public ProgramDraw(CpuModel cpu, int threads, long longestStep, SplittableRandom random) {
        this.cpu = cpu;
        this.threads = threads;
        this.longestStep = longestStep;
        this.random = random;
        this.productive = cpu.registers().stream().filter(register -> register.role() == RegisterRole.SELECTOR || register.role() == RegisterRole.VALUE
                || register.role() == RegisterRole.ENABLE || register.role() == RegisterRole.CONTROL || register.role() == RegisterRole.CLEAR
                || register.role() == RegisterRole.SET || register.role() == RegisterRole.EXTRA).toList();
        this.values = new ValueDraw(cpu, longestStep, random);
    }

    /** A program: a few counters set up, work, and all kinds of accesses between. */
    public List<Operation> program() {
        List<Operation> program = new ArrayList<>();
        values.chooseEvents();
        int thread = random.nextInt(threads);
        program.add(new Operation.Skid(thread, random.nextInt(3) == 0 ? random.nextInt(20) : 0));
        if (random.nextInt(8) != 0) {
            program.add(new Operation.Lvtpc(thread, LVTPC_NMI));
        }
        cpu.registers().stream().filter(register -> register.role() == RegisterRole.ENABLE && register.aliasOf().isEmpty())
                .forEach(register -> program.add(write(thread, register, 0)));
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            program.addAll(counter(thread));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            program.add(productive(thread));
        }
        for (int i = random.nextInt(3, 11); i > 0; i--) {
            int by = random.nextInt(5) == 0 ? random.nextInt(threads) : thread;
            if (random.nextInt(3) == 0) {
                program.addAll(handler(by));
            } else {
                program.add(operation(by));
            }
        }
        return program;
    }

    /** A counter is given a value and told what to count. */
    private List<Operation> counter(int thread) {
        List<RegisterModel> counters = cpu.registers().stream().filter(register -> register.role() == RegisterRole.VALUE && !register.indexes().isEmpty()).toList();
        if (counters.isEmpty()) {
            return List.of(productive(thread));
        }
        RegisterModel value = counters.get(random.nextInt(counters.size()));
        int index = value.indexes().get(random.nextInt(value.indexes().size()));
        List<Operation> program = new ArrayList<>(List.of(write(thread, value, index)));
        cpu.registers().stream().filter(register -> register.role() == RegisterRole.SELECTOR && register.aliasOf().isEmpty()
                && (register.bank().isEmpty() || register.bank().equals(value.bank()) && register.indexes().contains(index)))
                .forEach(register -> program.add(write(thread, register, register.bank().isEmpty() ? 0 : index)));
        return program;
    }

    /** Work, and what a handler does when a PMI stops it. */
    private List<Operation> handler(int thread) {
        List<Operation> program = new ArrayList<>(List.of(new Operation.Begin(thread, step(), random.nextInt(8) == 0)));
        if (random.nextInt(4) != 0) {
            program.add(new Operation.Take(thread));
        }
        if (random.nextInt(3) != 0) {
            program.addAll(counter(thread));
        }
        cpu.registers().stream().filter(register -> (register.role() == RegisterRole.CLEAR || register.role() == RegisterRole.ENABLE
                || register.role() == RegisterRole.CONTROL && random.nextInt(3) == 0) && register.aliasOf().isEmpty()
                && random.nextBoolean()).forEach(register -> program.add(write(thread, register, 0)));
        program.add(new Operation.Lvtpc(thread, LVTPC_NMI));
        program.add(new Operation.GoOn(thread));
        return program;
    }

    private Operation operation(int thread) {
        int kind = random.nextInt(100);
        if (kind < 34) {
            return new Operation.Begin(thread, step(), random.nextInt(6) == 0);
        } else if (kind < 46) {
            return new Operation.GoOn(thread);
        } else if (kind < 54) {
            return new Operation.Take(thread);
        } else if (kind < 62) {
            return new Operation.Rdmsr(thread, address());
        } else if (kind < 75) {
            return productive(thread);
        } else if (kind < 82) {
            return write(thread);
        } else if (kind < 90) {
            return new Operation.Rdpmc(thread, ecx());
        } else if (kind < 95) {
            return new Operation.Lvtpc(thread, random.nextInt(4) == 0 ? random.nextInt() : LVTPC_NMI);
        } else if (kind < 98) {
            return new Operation.Privilege(thread, random.nextInt(4), random.nextBoolean(), random.nextBoolean());
        }
        return random.nextBoolean() ? new Operation.Skid(thread, random.nextInt(20)) : new Operation.Reset(thread);
    }

    /** A write that makes something count, or change how it counts. */
    private Operation productive(int thread) {
        if (productive.isEmpty()) {
            return write(thread);
        }
        RegisterModel register = productive.get(random.nextInt(productive.size()));
        return write(thread, register, register.indexes().isEmpty() ? 0 : register.indexes().get(random.nextInt(register.indexes().size())));
    }

    private Operation write(int thread, RegisterModel register, int index) {
        return new Operation.Wrmsr(thread, (int) register.addressOf(index), values.of(register, index));
    }

    /** Any write at all. */
    private Operation write(int thread) {
        int address = address();
        AddressModel known = cpu.addresses().stream().filter(element -> element.address() == address).findFirst().orElse(null);
        long value = known == null ? random.nextInt(3) == 0 ? 0 : random.nextLong()
                : values.any(cpu.register(known.register()).orElseThrow(), known.index());
        return new Operation.Wrmsr(thread, address, value);
    }

    /** An address, mostly one that there is, else one near by. */
    private int address() {
        int address = (int) cpu.addresses().get(random.nextInt(cpu.addresses().size())).address();
        return random.nextInt(8) == 0 ? address + random.nextInt(-3, 4) : address;
    }

    private int ecx() {
        if (cpu.rdpmc().isEmpty() || random.nextInt(6) == 0) {
            return random.nextInt(3) == 0 ? random.nextInt() : 1 << random.nextInt(32) | random.nextInt(4);
        }
        int bank = random.nextInt(cpu.banks().size());
        int type = random.nextInt(8) == 0 ? random.nextInt(1 << 8) : cpu.banks().get(bank).rdpmcType().orElse(0);
        List<Integer> indexes = cpu.banks().get(bank).indexes();
        int index = random.nextInt(6) == 0 ? random.nextInt(70) : indexes.get(random.nextInt(indexes.size()));
        int first = cpu.rdpmc().get().type().isPresent() ? 0 : cpu.banks().get(bank).firstIndex().orElse(0);
        return cpu.rdpmc().get().type().map(bits -> type << bits.low()).orElse(0) | first + index << cpu.rdpmc().get().index().low();
    }

    private NaiveStep step() {
        long cycles = 1 + random.nextLong(random.nextInt(3) == 0 ? Math.min(10, longestStep) : longestStep);
        List<NaiveStep.Occurrences> occurrences = new ArrayList<>();
        for (NaiveStep.Event event : values.events()) {
            if (random.nextInt(4) != 0) {
                occurrences.add(new NaiveStep.Occurrences(event, pattern(cycles)));
            }
        }
        cpu.fixedEvents().stream().filter(fixed -> fixed.event() instanceof CountedEvent.Own && random.nextInt(4) != 0)
                .forEach(fixed -> occurrences.add(new NaiveStep.Occurrences(new NaiveStep.OfCounter(fixed.globalIndex()), pattern(cycles))));
        NaiveStep.Transaction transaction = random.nextInt(3) == 0 ? NaiveStep.Transaction.values()[random.nextInt(3)] : NaiveStep.Transaction.OUTSIDE;
        return new NaiveStep(cycles, random.nextInt(3) == 0 ? random.nextInt(4) : 0, transaction, occurrences);
    }

    private NaiveStep.Pattern pattern(long cycles) {
        if (random.nextInt(3) == 0) {
            long period = 1 + random.nextLong(random.nextBoolean() ? Math.min(cycles, 12) : cycles + 5);
            return new NaiveStep.Run(random.nextInt(5), random.nextLong(period + 1), period);
        }
        return new NaiveStep.Uniform(random.nextLong((random.nextBoolean() ? 1 : 4) * cycles + 1));
    }
}
