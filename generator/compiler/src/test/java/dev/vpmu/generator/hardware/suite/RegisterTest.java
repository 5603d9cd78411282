package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.ReservedBits;
import dev.vpmu.dsl.model.WriteRule;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Every register by its rule, against words that are kept beside it (domain.md §2.11). */
class RegisterTest {

    /** The words that the registers should hold. */
    private static final class Words {

        private final TestedCpu cpu;
        private final Map<String, Long> words = new TreeMap<>();

        Words(TestedCpu cpu) {
            this.cpu = cpu;
            for (AddressModel element : cpu.elements()) {
                words.put(key(element), part(stored(cpu.register(element)), element.index()).reset());
            }
        }

        private RegisterModel stored(RegisterModel register) {
            return register.aliasOf().map(name -> cpu.cpu().register(name).orElseThrow()).orElse(register);
        }

        private String key(AddressModel element) {
            return stored(cpu.register(element)).name() + "[" + element.index() + "]";
        }

        private WordPart part(RegisterModel register, int index) {
            return new WordPart(register, index, cpu.smt(), 0);
        }

        private int width(RegisterModel register) {
            int width = register.bank().map(bank -> cpu.cpu().bank(bank).orElseThrow().width()).orElse(Long.SIZE);
            return width == 0 ? Long.SIZE : width;
        }

        /** What a read shows. */
        long shown(AddressModel element) {
            RegisterModel register = cpu.register(element);
            return register.read() instanceof ReadRule.Constant constant ? constant.value() : words.get(key(element)) & ~cpu.computed(register);
        }

        /** Takes over a write; returns whether it is accepted. */
        boolean write(AddressModel element, long value) {
            RegisterModel register = cpu.register(element);
            WriteRule rule = register.write();
            if (rule instanceof WriteRule.ClearBits clear) {
                return change(register, clear.target(), value, false);
            } else if (rule instanceof WriteRule.SetBits set) {
                return change(register, set.target(), value, true);
            }
            OptionalLong word = written(register, element.index(), words.get(key(element)), value);
            word.ifPresent(stored -> words.put(key(element), stored));
            return word.isPresent();
        }

        private boolean change(RegisterModel register, String target, long value, boolean sets) {
            long mask = part(register, 0).writable();
            boolean faults = cpu.cpu().register(target).orElseThrow().layout()
                    .map(layout -> cpu.cpu().layout(layout).orElseThrow().reserved() == ReservedBits.FAULT).orElse(true);
            if (faults && (value & ~mask) != 0) {
                return false;
            }
            words.computeIfPresent(target + "[0]", (name, word) -> sets ? word | value & mask : word & ~(value & mask));
            return true;
        }

        private OptionalLong written(RegisterModel register, int index, long word, long value) {
            WriteRule rule = register.write();
            long all = Bits.mask(0, width(register));
            if (rule instanceof WriteRule.Checked checked) {
                long mask = part(register, index).writable();
                return switch (checked.reserved()) {
                    case FAULT -> (value & ~mask) == 0 ? OptionalLong.of(value) : OptionalLong.empty();
                    case IGNORE -> OptionalLong.of(value & mask);
                    case KEEP -> OptionalLong.of(word & ~mask | value & mask);
                };
            } else if (rule instanceof WriteRule.SignExtend extend) {
                int above = Long.SIZE - extend.bits();
                return OptionalLong.of(value << above >> above & all);
            } else if (rule instanceof WriteRule.Truncate) {
                return OptionalLong.of(value & all);
            } else if (rule instanceof WriteRule.FaultBeyondWidth) {
                return (value & ~all) == 0 ? OptionalLong.of(value) : OptionalLong.empty();
            } else if (rule instanceof WriteRule.FaultUnlessCanonical) {
                return value >> 47 == 0 || value >> 47 == -1 ? OptionalLong.of(value) : OptionalLong.empty();
            }
            return rule instanceof WriteRule.Ignored ? OptionalLong.of(word) : OptionalLong.empty();
        }
    }

    private static void assertShows(Words words, PmuUnderTest pmu, String when) {
        for (AddressModel element : words.cpu.elements()) {
            long computed = words.cpu.computed(words.cpu.register(element));
            assertEquals(words.shown(element), pmu.rdmsr((int) element.address()) & ~computed, () -> element.register() + "[" + element.index() + "] " + when);
        }
    }

    private static List<Long> values(TestedCpu cpu, AddressModel element, SplittableRandom random) {
        long mask = new WordPart(cpu.register(element), element.index(), cpu.smt(), 0).writable();
        List<Long> values = new ArrayList<>(List.of(mask, random.nextLong() & mask, -1L, random.nextLong(), 0x7FFF_FFFF_FFFFL, 0x8000_0000_0000L,
                0xFFFF_8000_0000_0000L, mask | 1L << random.nextInt(Long.SIZE), 0L));
        values.add(random.nextLong() & mask);
        return values;
    }

    @OnEveryCpu(value = "HW-9 a write of a register stores or refuses what its rule says, and touches no other register", needs = Need.REGISTERS)
    void everyRegister(TestedCpu cpu) {
        PmuUnderTest pmu = cpu.pmu();
        Words words = new Words(cpu);
        SplittableRandom random = new SplittableRandom(1);
        for (AddressModel element : cpu.elements()) {
            for (long value : values(cpu, element, random)) {
                int address = (int) element.address();
                if (words.write(element, value)) {
                    pmu.wrmsr(address, value);
                } else {
                    assertRefuses(pmu, address, value);
                }
                assertShows(words, pmu, "behind " + element.register() + "[" + element.index() + "] = 0x" + Long.toHexString(value));
            }
        }
    }

    private static void assertRefuses(PmuUnderTest pmu, int address, long value) {
        GeneralProtectionFault fault = assertThrows(GeneralProtectionFault.class, () -> pmu.wrmsr(address, value));
        assertEquals(address, fault.address());
        assertEquals(value, fault.value());
    }
}
