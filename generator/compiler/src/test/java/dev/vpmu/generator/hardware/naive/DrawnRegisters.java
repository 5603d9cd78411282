package dev.vpmu.generator.hardware.naive;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Field;
import dev.vpmu.generator.hardware.naive.CpuSketch.Register;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import dev.vpmu.generator.hardware.naive.CpuSketch.Reserved;
import dev.vpmu.generator.hardware.naive.CpuSketch.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Registers at addresses where there happens to be room, as statements and as what they mean. */
final class DrawnRegisters {

    private static final int HIGH_RANGE = 0xC001_0000;
    private static final int MOST_APART = 5;
    private static final Write CHECKED = new Write.Checked(Reserved.FAULTS);

    final List<Register> registers = new ArrayList<>();
    final List<Field> fields = new ArrayList<>();
    final List<String> statements = new ArrayList<>();

    private final Draw draw;
    private final List<Integer> rdpmcTypes;
    private final Set<Integer> taken = new HashSet<>();
    /** The arrays that some counters of their bank have no element of. */
    private final Set<String> partial = new HashSet<>();

    /** No registers yet; {@code rdpmcTypes} are those that nothing else has. */
    DrawnRegisters(Draw draw, List<Integer> rdpmcTypes) {
        this.draw = draw;
        this.rdpmcTypes = rdpmcTypes;
    }

    /** A register in the making: what its text says behind the address, and what that means. */
    private final class Making {
        private Register register;
        private final StringBuilder text = new StringBuilder();

        Making(Register register, String role) {
            this.register = register;
            text.append("  ").append(role);
        }

        Making say(String words, Register meaning) {
            text.append("  ").append(words);
            register = meaning;
            return this;
        }

        Register done() {
            register = placed(register);
            boolean apart = register.stride() != 1 || draw.chance(5);
            String array = register.bank().map(bank -> "[" + bank + only(register) + "]").orElse("");
            String by = apart && register.bank().isPresent() ? "  by " + register.stride() : "";
            statements.add("    msr " + register.name() + array + "  " + hex(Integer.toUnsignedLong(register.address())) + by + text + "\n");
            registers.add(register);
            return register;
        }
    }

    /** Which counters of the bank have an element, where not all do. */
    private String only(Register register) {
        return partial.contains(register.name()) ? " " + listed(register.indexes()) : "";
    }

    static String listed(List<Integer> numbers) {
        return String.join(", ", numbers.stream().map(String::valueOf).toList());
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number).toUpperCase(Locale.ROOT);
    }

    /* ------------------------------------------------------------- addresses */

    private Register placed(Register register) {
        for (int attempt = 0;; attempt++) {
            int stride = register.bank().isPresent() && draw.chance(40) ? draw.between(1, MOST_APART) : 1;
            int start = draw.chance(70) ? draw.between(0x40, 0x400) : draw.chance(50) ? draw.between(0, 0x1D00) : HIGH_RANGE + draw.between(0, 0x1000);
            // next to another array, so that the two interleave
            Register last = registers.isEmpty() ? null : registers.get(registers.size() - 1);
            if (attempt == 0 && register.bank().isPresent() && last != null && last.stride() > 1 && last.bank().isPresent()) {
                stride = last.stride();
                start = last.address() + draw.between(1, stride - 1);
            }
            Set<Integer> wanted = new HashSet<>();
            for (int index : register.indexes()) {
                wanted.add(start + index * stride);
            }
            if (wanted.stream().noneMatch(taken::contains)) {
                taken.addAll(wanted);
                return new Register(register.name(), register.role(), register.bank(), register.indexes(), start, stride, register.aliasOf(),
                        register.constant(), register.write(), register.writable(), register.withoutSmtMask(), register.reset(),
                        register.rdpmcType(), register.shared());
            }
        }
    }

    /* ------------------------------------------------------------- kinds of registers */

    /** The counters' values. */
    Register values(String name, Bank bank) {
        Making making = new Making(Register.array(name, bank, 0, RegisterRole.VALUE, new Write.Truncate()), "is value");
        Write rule = valueRule(bank.width());
        if (!(rule instanceof Write.Truncate) || draw.chance(50)) {
            making.say(words(rule), with(making.register, rule));
        }
        if (draw.chance(15)) {
            long reset = draw.bits(bank.width());
            making.say("reset " + hex(reset), making.register.reset(reset));
        }
        return making.done();
    }

    private Write valueRule(int width) {
        return switch (draw.between(0, width == Long.SIZE ? 4 : 3)) {
            case 0 -> new Write.Truncate();
            case 1, 2 -> new Write.SignExtend(draw.between(1, width));
            case 3 -> new Write.FaultBeyondWidth();
            default -> new Write.FaultUnlessCanonical();
        };
    }

    /** One selector for each counter. */
    Register selectors(String name, Bank bank, DrawnLayout layout) {
        List<Long> writable = bank.withoutSmt().stream().map(index -> layout.defined(1L << bank.firstIndex().getAsInt() + index)).toList();
        Register register = Register.array(name, bank, 0, RegisterRole.SELECTOR, new Write.Checked(layout.reserved())).writable(writable);
        return finished(new Making(register, "is selector " + layout.name()), layout);
    }

    /** A single register with a layout. */
    Register single(String name, RegisterRole role, String roleWords, DrawnLayout layout) {
        Register register = Register.single(name, 0, role, new Write.Checked(layout.reserved())).writable(layout.defined()).withoutSmtMask(layout.withoutSmt());
        return finished(new Making(register, "is " + roleWords + " " + layout.name()), layout);
    }

    /** A single register with a layout that software cannot write, or whose writes do nothing. */
    Register shown(String name, RegisterRole role, String roleWords, DrawnLayout layout) {
        Register register = Register.single(name, 0, role, new Write.Checked(layout.reserved())).writable(layout.defined()).withoutSmtMask(layout.withoutSmt());
        Making making = new Making(register, "is " + roleWords + " " + layout.name());
        making = draw.chance(70) ? making.say("read-only", with(register, new Write.Fault()).writable(0))
                : making.say("write ignored", with(register, new Write.Ignored()));
        return finished(making, layout);
    }

    private Register finished(Making making, DrawnLayout layout) {
        if (draw.chance(30)) {
            long reset = draw.bits() & (layout.reserved() == Reserved.KEPT ? -1 : layout.defined());
            making.say("reset " + hex(reset), making.register.reset(reset));
        }
        if (making.register.write() instanceof Write.Checked && draw.chance(8)) {
            long valid = draw.bits() & layout.defined();
            making.say("valid " + hex(valid), making.register.writable(valid));
        }
        if (draw.chance(8)) {
            making.say("per " + (draw.chance(50) ? "core" : "package"), making.register.perCore());
        }
        Register done = making.done();
        fields.addAll(layout.fields(done.name()));
        return done;
    }

    /** A register that enables counters; after reset those of the bank. */
    Register enabling(String name, DrawnLayout layout, Bank bank) {
        long counters = bank.withoutSmt().stream().mapToLong(index -> 1L << bank.firstIndex().getAsInt() + index).reduce(0, (a, b) -> a | b);
        if ((counters & ~layout.defined()) != 0 || draw.chance(30)) {
            return single(name, RegisterRole.ENABLE, "enable", layout);
        }
        Register register = Register.single(name, 0, RegisterRole.ENABLE, new Write.Checked(layout.reserved())).writable(layout.defined())
                .withoutSmtMask(layout.withoutSmt());
        Register done = new Making(register, "is enable " + layout.name()).say("reset " + bank.name(), register.reset(counters)).done();
        fields.addAll(layout.fields(name));
        return done;
    }

    /** A register that clears or sets bits of another. */
    Register changing(String name, Register target, DrawnLayout layout, boolean sets) {
        Register register = Register.single(name, 0, sets ? RegisterRole.SET : RegisterRole.CLEAR, new Write.Change(target.name(), sets, layout.reserved()))
                .writable(layout.defined()).withoutSmtMask(layout.withoutSmt());
        Making making = new Making(register, (sets ? "sets " : "clears ") + target.name());
        if (draw.chance(60)) {
            long constant = draw.chance(70) ? 0 : draw.bits(16);
            making.say("reads " + hex(constant), register.reads(constant));
        }
        return making.done();
    }

    /** Another view of a register, on all or some of its elements; it does what the register does, unless it says something else. */
    Register alias(String name, Register target, Optional<Bank> bank) {
        List<Integer> indexes = target.indexes();
        if (bank.isPresent() && draw.chance(40)) {
            indexes = draw.some(indexes);
            partial.add(name);
        }
        List<Long> writable = indexes.stream().map(index -> target.writable().get(target.indexes().indexOf(index))).toList();
        Register register = new Register(name, target.role(), target.bank(), indexes, 0, 1, Optional.of(target.name()), OptionalLong.empty(),
                target.write(), writable, target.withoutSmtMask(), 0, OptionalInt.empty(), false);
        Making making = new Making(register, "alias of " + target.name());
        int width = bank.map(Bank::width).orElse(Long.SIZE);
        boolean isValue = target.role() == RegisterRole.VALUE;
        if (isValue ? draw.chance(70) : draw.chance(40)) {
            Write rule = isValue ? valueRule(width) : anyRule(width);
            making.say(words(rule), with(register, rule));
        }
        if (draw.chance(5)) {
            making.say("reads 0x5", making.register.reads(5));
        }
        return making.done();
    }

    private Write anyRule(int width) {
        return switch (draw.between(0, 5)) {
            case 0 -> new Write.Truncate();
            case 1 -> new Write.SignExtend(draw.between(1, width));
            case 2 -> new Write.FaultBeyondWidth();
            case 3 -> new Write.FaultUnlessCanonical();
            case 4 -> new Write.Ignored();
            default -> new Write.Fault();
        };
    }

    /** A single register without a layout. */
    Register plain(String name, RegisterRole role, String roleWords) {
        Register register = Register.single(name, 0, role, CHECKED);
        Making making = new Making(register, "is " + roleWords);
        int kind = draw.between(0, 9);
        if (kind < 3) {
            long valid = draw.bits(draw.between(1, Long.SIZE));
            making.say("valid " + hex(valid), register.writable(valid));
        } else if (kind < 6) {
            Write rule = anyRule(Long.SIZE);
            making.say(words(rule), with(register, rule));
        }
        if (draw.chance(30)) {
            long reset = draw.bits();
            making.say("reset " + hex(reset), making.register.reset(reset));
        }
        if (draw.chance(10)) {
            making.say("reads " + hex(7), making.register.reads(7));
        }
        if (draw.chance(25)) {
            making.say("per " + (draw.chance(70) ? "core" : "package"), making.register.perCore());
        } else if (draw.chance(20)) {
            making.say("per thread", making.register);
        }
        if (draw.chance(20)) {
            int type = rdpmcTypes.remove(0);
            making.say("rdpmc " + hex(type), making.register.rdpmcType(type));
        }
        return making.done();
    }

    /** Records, one register for each. */
    Register records(String name, Bank bank, String roleWords) {
        return new Making(Register.array(name, bank, 0, RegisterRole.OTHER, CHECKED), "is " + roleWords).done();
    }

    private static Register with(Register register, Write rule) {
        return new Register(register.name(), register.role(), register.bank(), register.indexes(), register.address(), register.stride(),
                register.aliasOf(), register.constant(), rule, register.writable(), register.withoutSmtMask(), register.reset(),
                register.rdpmcType(), register.shared());
    }

    private static String words(Write rule) {
        if (rule instanceof Write.SignExtend extend) {
            return "write sign-extends " + extend.bits() + " bits";
        } else if (rule instanceof Write.Truncate) {
            return "write truncates";
        } else if (rule instanceof Write.FaultBeyondWidth) {
            return "write faults beyond width";
        } else if (rule instanceof Write.FaultUnlessCanonical) {
            return "write faults unless canonical";
        } else if (rule instanceof Write.Ignored) {
            return "write ignored";
        }
        return "read-only";
    }
}
