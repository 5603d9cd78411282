package dev.vpmu.generator.hardware.naive;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Field;
import dev.vpmu.generator.hardware.naive.CpuSketch.Register;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import dev.vpmu.generator.hardware.naive.CpuSketch.Reserved;
import dev.vpmu.generator.hardware.naive.CpuSketch.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The registers of a {@link NaivePmu}: their words, and the rules of reading and writing them. */
final class NaiveRegisters {

    private static final int MOST_ELEMENTS = 64;
    private static final int CANONICAL_LOW = 47;

    /** A register's element. */
    private record Element(Register register, int index) {
    }

    /** Bits of one element: a field for one counter. */
    record Place(int register, int index, int low, int width, int roleLow) {
    }

    private final CpuSketch cpu;
    private final boolean smt;
    private final Map<Integer, Element> elements = new HashMap<>();
    private final Map<String, Register> named = new HashMap<>();
    /** The numbers of the registers that hold the words of those that are named. */
    private final Map<String, Integer> numbers = new HashMap<>();
    /** By the register's number in the sketch, then by the counter's index. */
    private final long[][] words;
    private final NaiveFault fault = new NaiveFault();

    NaiveRegisters(CpuSketch cpu, boolean smt) {
        this.cpu = cpu;
        this.smt = smt;
        this.words = new long[cpu.registers().size()][MOST_ELEMENTS];
        for (Register register : cpu.registers()) {
            named.put(register.name(), register);
            numbers.put(register.name(), numbers.size());
        }
        for (Register register : cpu.registers()) {
            register.aliasOf().ifPresent(target -> numbers.put(register.name(), numbers.get(target)));
            for (int index : register.indexes()) {
                if (exists(register, index)) {
                    elements.put(register.address() + index * register.stride(), new Element(register, index));
                }
            }
        }
        reset();
    }

    private boolean exists(Register register, int index) {
        return register.indexes().contains(index) && (register.bank().isEmpty() || cpu.bank(register.bank().get()).indexes(smt).contains(index));
    }

    void reset() {
        for (int number = 0; number < words.length; number++) {
            Register register = cpu.registers().get(number);
            for (int index : register.indexes()) {
                words[number][index] = exists(register, index) ? register.reset() & ~withoutSmt(register) : 0;
            }
        }
    }

    /** From now on, what siblings share is one storage, the other's. */
    void shareWith(NaiveRegisters other) {
        for (int number = 0; number < words.length; number++) {
            if (cpu.registers().get(number).shared()) {
                words[number] = other.words[number];
            }
        }
    }

    private long withoutSmt(Register register) {
        return smt ? register.withoutSmtMask() : 0;
    }

    /** The register of that name. */
    Register register(String name) {
        return named.get(name);
    }

    /* ------------------------------------------------------------- storage */

    /** Of an alias, its target's. */
    private int number(String name) {
        return numbers.get(name);
    }

    /** The word of an element; an alias has its target's. */
    long word(String name, int index) {
        return words[number(name)][index];
    }

    void word(String name, int index, long word) {
        words[number(name)][index] = word;
    }

    /** The field's bits in the register's element {@code element}, for counter {@code index} where it has bits for each. */
    Place place(Field field, int element, int index) {
        return new Place(number(field.register()), element, field.low() + index * field.stride(), field.width(), field.roleLow());
    }

    /** A whole element. */
    Place place(String register, int element) {
        return new Place(number(register), element, 0, Long.SIZE, 0);
    }

    long get(Place place) {
        return words[place.register()][place.index()] >>> place.low() & mask(place.width());
    }

    void set(Place place, long value) {
        long inPlace = mask(place.width()) << place.low();
        long[] row = words[place.register()];
        row[place.index()] = row[place.index()] & ~inPlace | value << place.low() & inPlace;
    }

    /** The number that all of a role's bits hold together. */
    long number(List<Place> slices) {
        long number = 0;
        for (Place slice : slices) {
            number |= get(slice) << slice.roleLow();
        }
        return number;
    }

    static long mask(int width) {
        return width == Long.SIZE ? -1 : (1L << width) - 1;
    }

    /* ------------------------------------------------------------- reading and writing */

    /** RDMSR; {@code usage} says what a register of usage shows in place of its word. */
    long read(int address, NaiveUsage usage) throws NaiveFault {
        Element element = elements.get(address);
        if (element == null) {
            throw fault;
        }
        Register register = element.register();
        if (register.constant().isPresent()) {
            return register.constant().getAsLong();
        }
        long word = word(register.name(), element.index());
        return register.role() == RegisterRole.USAGE ? usage.shown(register, word) : word;
    }

    void write(int address, long value) throws NaiveFault {
        Element element = elements.get(address);
        if (element == null) {
            throw fault;
        }
        Register register = element.register();
        int index = element.index();
        long old = word(register.name(), index);
        long writable = register.writable().get(register.indexes().indexOf(index)) & ~withoutSmt(register);
        int width = register.bank().map(cpu::bank).map(Bank::width).orElse(Long.SIZE);
        if (register.write() instanceof Write.Change change) {
            if (change.reserved() == Reserved.FAULTS && (value & ~writable) != 0) {
                throw fault;
            }
            long target = word(change.target(), index);
            word(change.target(), index, change.sets() ? target | value & writable : target & ~(value & writable));
        } else {
            word(register.name(), index, stored(register.write(), value, old, writable, width));
        }
    }

    /** What the element holds after a write. */
    private long stored(Write rule, long value, long old, long writable, int width) throws NaiveFault {
        if (rule instanceof Write.Checked checked) {
            switch (checked.reserved()) {
                case FAULTS:
                    return unless((value & ~writable) != 0, value);
                case IGNORED:
                    return value & writable;
                default:
                    return old & ~writable | value & writable;
            }
        } else if (rule instanceof Write.SignExtend extend) {
            int unused = Long.SIZE - extend.bits();
            return value << unused >> unused & mask(width);
        } else if (rule instanceof Write.Truncate) {
            return value & mask(width);
        } else if (rule instanceof Write.FaultBeyondWidth) {
            return unless((value & ~mask(width)) != 0, value);
        } else if (rule instanceof Write.FaultUnlessCanonical) {
            long high = value >> CANONICAL_LOW;
            return unless(high != 0 && high != -1, value);
        } else if (rule instanceof Write.Ignored) {
            return old;
        }
        throw fault;
    }

    private long unless(boolean refused, long value) throws NaiveFault {
        if (refused) {
            throw fault;
        }
        return value;
    }

    /* ------------------------------------------------------------- RDPMC */

    /** The register that RDPMC reads by a type of its own. */
    long ofType(long type, long index) throws NaiveFault {
        for (Register register : cpu.registers()) {
            if (register.rdpmcType().isPresent() && Integer.toUnsignedLong(register.rdpmcType().getAsInt()) == type) {
                return word(register.name(), (int) unless(index >= MOST_ELEMENTS || !exists(register, (int) index), index));
            }
        }
        throw fault;
    }

    NaiveFault fault() {
        return fault;
    }
}
