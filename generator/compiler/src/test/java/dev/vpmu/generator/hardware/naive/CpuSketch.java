package dev.vpmu.generator.hardware.naive;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What a CPU's PMU is, as far as {@link NaivePmu} needs it: its counters, its registers and the places of their bits. Written by
 * hand or drawn, never taken from the compiler, so that a mistake of the compiler shows.
 *
 * @param banks its counters, and its records
 * @param registers its registers, in order of declaration
 * @param fields the bits that have a role, in any order
 * @param freezes what an accepted PMI freezes
 * @param rdpmc how RDPMC reads ECX; absent where it always faults
 * @param extras events that need a value in a register of their own; the first that fits decides
 * @param clockEvents the programmable events that are clocks
 * @param fixedEvents what each counter without an event code counts
 */
public record CpuSketch(String name, List<Bank> banks, List<Register> registers, List<Field> fields, List<Freeze> freezes,
        Optional<Rdpmc> rdpmc, Interrupt interrupt, List<Extra> extras, Clocks clocks, List<ClockEvent> clockEvents,
        List<FixedEvent> fixedEvents) {

    /** Every counter, where one can be limited to some. */
    public static final long ALL_COUNTERS = -1;

    /** What a register is to the PMU; {@code OTHER} has no effect on what counts. */
    public enum RegisterRole {
        VALUE, SELECTOR, ENABLE, STATUS, USAGE, CLEAR, SET, PRECISE_ENABLE, OTHER
    }

    /** What bits mean to the PMU. */
    public enum Role {
        EVENT_CODE, UNIT_MASK, USER_MODE, KERNEL_MODE, EDGE_DETECT, INTERRUPT_ENABLE, ANY_THREAD, ENABLE, INVERT, THRESHOLD, EQUAL,
        IN_TRANSACTION, CHECKPOINTED, USER_READ_DISABLE, OVERFLOW, COUNTERS_FROZEN, IN_USE, ANY_INTERRUPT
    }

    /** What a write does to bits that the register does not have. */
    public enum Reserved {
        FAULTS, IGNORED, KEPT
    }

    /** How an overflow interrupts. */
    public enum Interrupt {
        NONE, MASKS_ITSELF, STAYS_UNMASKED
    }

    /** The clocks that counters can count. */
    public enum Clock {
        CORE, TSC, BUS
    }

    /**
     * Counters, or records, that registers are indexed by.
     *
     * @param firstIndex the place of counter 0 in mask words; absent for records
     * @param rdpmcType the type that RDPMC selects it by
     * @param width of its counters in bits; 64 for records
     * @param withSmt the indexes that exist with SMT on
     * @param withoutSmt those that exist with SMT off, all the others among them
     */
    public record Bank(String name, OptionalInt firstIndex, OptionalInt rdpmcType, int width, List<Integer> withSmt, List<Integer> withoutSmt) {

        /** The indexes of one state of SMT. */
        public List<Integer> indexes(boolean smt) {
            return smt ? withSmt : withoutSmt;
        }
    }

    /** What a write does. */
    public sealed interface Write {

        /** Stores the bits that may be set. */
        record Checked(Reserved reserved) implements Write {
        }

        /** Stores the low bits, sign-extended to the counter's width. */
        record SignExtend(int bits) implements Write {
        }

        /** Stores the low bits, as many as the counter has. */
        record Truncate() implements Write {
        }

        /** Stores a value that is not wider than the counter. */
        record FaultBeyondWidth() implements Write {
        }

        /** Stores an address whose bits 63 to 47 are alike. */
        record FaultUnlessCanonical() implements Write {
        }

        /** Stores nothing. */
        record Ignored() implements Write {
        }

        /** Faults. */
        record Fault() implements Write {
        }

        /** Changes the bits of another register that are written as 1. */
        record Change(String target, boolean sets, Reserved reserved) implements Write {
        }
    }

    /**
     * A register, or one for each of some counters of a bank.
     *
     * @param bank the bank it is an array over; absent for a single register
     * @param indexes the counters that have an element; only 0 for a single register
     * @param address of element 0
     * @param aliasOf whose storage it shows
     * @param constant what a read always gives; absent where it gives what is stored
     * @param writable for each of the indexes the bits that a write may set; of one that changes another, the bits that this has
     * @param withoutSmtMask the bits of counters that exist only with SMT off
     * @param reset the value after reset with SMT off
     * @param shared whether sibling threads share it
     */
    public record Register(String name, RegisterRole role, Optional<String> bank, List<Integer> indexes, int address, int stride,
            Optional<String> aliasOf, OptionalLong constant, Write write, List<Long> writable, long withoutSmtMask, long reset,
            OptionalInt rdpmcType, boolean shared) {

        /** A single register that takes every value. */
        public static Register single(String name, int address, RegisterRole role, Write write) {
            return new Register(name, role, Optional.empty(), List.of(0), address, 1, Optional.empty(), OptionalLong.empty(), write,
                    List.of(-1L), 0, 0, OptionalInt.empty(), false);
        }

        /** One for each counter of the bank whatever the state of SMT, at neighbouring addresses, that takes every value. */
        public static Register array(String name, Bank bank, int address, RegisterRole role, Write write) {
            List<Integer> indexes = bank.withoutSmt();
            return new Register(name, role, Optional.of(bank.name()), indexes, address, 1, Optional.empty(), OptionalLong.empty(), write,
                    indexes.stream().map(index -> -1L).toList(), 0, 0, OptionalInt.empty(), false);
        }

        /** With elements for these counters only. */
        public Register only(List<Integer> some) {
            return new Register(name, role, bank, some, address, stride, aliasOf, constant, write, some.stream().map(index -> writable.get(0)).toList(),
                    withoutSmtMask, reset, rdpmcType, shared);
        }

        /** With elements that far apart. */
        public Register by(int distance) {
            return new Register(name, role, bank, indexes, address, distance, aliasOf, constant, write, writable, withoutSmtMask, reset, rdpmcType, shared);
        }

        /** Another view of that register. */
        public Register alias(String target) {
            return new Register(name, role, bank, indexes, address, stride, Optional.of(target), constant, write, writable, withoutSmtMask, reset,
                    rdpmcType, shared);
        }

        /** With this value on every read. */
        public Register reads(long value) {
            return new Register(name, role, bank, indexes, address, stride, aliasOf, OptionalLong.of(value), write, writable, withoutSmtMask, reset,
                    rdpmcType, shared);
        }

        /** With these writable bits in every element. */
        public Register writable(long mask) {
            return writable(indexes.stream().map(index -> mask).toList());
        }

        /** With these writable bits in the elements, one after the other. */
        public Register writable(List<Long> masks) {
            return new Register(name, role, bank, indexes, address, stride, aliasOf, constant, write, masks, withoutSmtMask, reset, rdpmcType, shared);
        }

        /** With bits that are reserved with SMT on. */
        public Register withoutSmtMask(long mask) {
            return new Register(name, role, bank, indexes, address, stride, aliasOf, constant, write, writable, mask, reset, rdpmcType, shared);
        }

        /** With this value after reset. */
        public Register reset(long value) {
            return new Register(name, role, bank, indexes, address, stride, aliasOf, constant, write, writable, withoutSmtMask, value, rdpmcType, shared);
        }

        /** With a type by which RDPMC reads it. */
        public Register rdpmcType(int type) {
            return new Register(name, role, bank, indexes, address, stride, aliasOf, constant, write, writable, withoutSmtMask, reset,
                    OptionalInt.of(type), shared);
        }

        /** Shared by sibling threads. */
        public Register perCore() {
            return new Register(name, role, bank, indexes, address, stride, aliasOf, constant, write, writable, withoutSmtMask, reset, rdpmcType, true);
        }
    }

    /**
     * Bits with a role. For counter i of {@code bank} they begin at {@code low} + i × {@code stride}; without a bank, at {@code low}.
     *
     * @param register whose bits they are; of an array, those of each element
     * @param bank whose counters each have such bits in this one register; absent for bits that are there once
     * @param low the lowest bit, with a bank that of counter 0
     * @param roleLow the lowest bit of the role's number that they hold
     * @param onCounters the counters that have them, as a mask word
     */
    public record Field(String register, Optional<String> bank, Role role, int low, int width, int roleLow, int stride, long onCounters) {

        /** Bits that a register, or each element of an array, has once. */
        public static Field of(String register, Role role, int low, int width) {
            return new Field(register, Optional.empty(), role, low, width, 0, 0, ALL_COUNTERS);
        }

        /** One bit for each counter of the bank. */
        public static Field each(String register, Bank bank, Role role, int low, int stride) {
            return new Field(register, Optional.of(bank.name()), role, low, 1, 0, stride, ALL_COUNTERS);
        }

        /** Holding the role's number from that bit on. */
        public Field slice(int lowBit) {
            return new Field(register, bank, role, low, width, lowBit, stride, onCounters);
        }

        /** On these counters only. */
        public Field on(long counters) {
            return new Field(register, bank, role, low, width, roleLow, stride, counters);
        }
    }

    /** With a flag set, an accepted PMI sets or clears bits. */
    public record Freeze(String flagRegister, long flagMask, String register, long mask, boolean sets) {
    }

    /** RDPMC's fields in ECX. */
    public record Rdpmc(Optional<Bits> type, Bits index) {
    }

    /** Bits of a word. */
    public record Bits(int high, int low) {

        /** What they are in a word, as a number. */
        public long of(int word) {
            return (Integer.toUnsignedLong(word) & mask()) >>> low;
        }

        /** The bits in place. */
        public long mask() {
            return (1L << high + 1) - (1L << low);
        }
    }

    /** An event that is counted for the value of a register. */
    public record Extra(int code, int umask, String register, long counters) {
    }

    /** The frequencies of the clocks. */
    public record Clocks(long core, long tsc, long bus) {

        /** All clocks alike. */
        public static final Clocks EQUAL = new Clocks(1, 1, 1);

        /** The frequency of one of them. */
        public long of(Clock clock) {
            return switch (clock) {
                case CORE -> core;
                case TSC -> tsc;
                case BUS -> bus;
            };
        }
    }

    /** A programmable event that is a clock. */
    public record ClockEvent(int code, int umask, Clock clock) {
    }

    /** What a counter without an event code counts: a clock, a programmable event, or one of its own where neither is said. */
    public record FixedEvent(int globalIndex, Optional<Clock> clock, Optional<Coded> event) {

        public static FixedEvent clock(int globalIndex, Clock clock) {
            return new FixedEvent(globalIndex, Optional.of(clock), Optional.empty());
        }

        public static FixedEvent coded(int globalIndex, int code, int umask) {
            return new FixedEvent(globalIndex, Optional.empty(), Optional.of(new Coded(code, umask)));
        }

        public static FixedEvent own(int globalIndex) {
            return new FixedEvent(globalIndex, Optional.empty(), Optional.empty());
        }
    }

    /** Event code and unit mask. */
    public record Coded(int code, int umask) {
    }

    /** The bank of that name. */
    public Bank bank(String bankName) {
        return banks.stream().filter(bank -> bank.name().equals(bankName)).findFirst().orElseThrow();
    }

    /** The register of that name. */
    public Register register(String registerName) {
        return registers.stream().filter(register -> register.name().equals(registerName)).findFirst().orElseThrow();
    }

    /** The numbers from {@code first} to {@code last}. */
    public static List<Integer> range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }
}
