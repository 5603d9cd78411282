package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.ReservedBits;
import dev.vpmu.dsl.model.WriteRule;
import dev.vpmu.dsl.pmu.ClearsAttribute;
import dev.vpmu.dsl.pmu.RdpmcAttribute;
import dev.vpmu.dsl.pmu.ReadOnlyAttribute;
import dev.vpmu.dsl.pmu.ReadsAttribute;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.ResetAttribute;
import dev.vpmu.dsl.pmu.SharedAttribute;
import dev.vpmu.dsl.pmu.ValidAttribute;
import dev.vpmu.dsl.pmu.WriteAttribute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Works out a cpu's registers: elements and addresses, what reads and writes do, masks and reset values. */
final class RegisterResolver {

    private final FlatPmu pmu;

    RegisterResolver(FlatPmu pmu) {
        this.pmu = pmu;
    }

    List<RegisterModel> registers() {
        return pmu.registers().stream().map(this::register).toList();
    }

    List<AddressModel> addresses() {
        List<AddressModel> addresses = new ArrayList<>();
        for (Register register : pmu.registers()) {
            if (register.getBank() == null) {
                addresses.add(new AddressModel(Numbers.of(register.getAddress()), register.getName(), 0, false));
                continue;
            }
            List<Integer> withSmt = pmu.bank(register.getBank()).map(FlatBank::withSmt).orElse(List.of());
            for (int index : RegisterFacts.indexes(register, pmu)) {
                addresses.add(new AddressModel(RegisterFacts.addressOf(register, index), register.getName(), index, !withSmt.contains(index)));
            }
        }
        addresses.sort(Comparator.comparing(AddressModel::address, Long::compareUnsigned));
        return addresses;
    }

    private RegisterModel register(Register register) {
        Optional<FlatLayout> layout = pmu.layout(register);
        Optional<FlatBank> bank = Optional.ofNullable(register.getBank()).flatMap(pmu::bank);
        List<Integer> indexes = RegisterFacts.indexes(register, pmu);
        List<Long> writable = register.getBank() == null ? List.of(writable(register, null, 0))
                : indexes.stream().map(index -> writable(register, bank.orElse(null), index)).toList();
        long withoutSmtMask = layout.map(bits -> new LayoutBits(pmu, bits).withoutSmtOnly()).orElse(0L);
        OptionalInt rdpmc = RegisterFacts.attribute(register, RdpmcAttribute.class)
                .map(attribute -> OptionalInt.of(Numbers.intOf(attribute.getType()))).orElse(OptionalInt.empty());
        Domain domain = RegisterFacts.attribute(register, SharedAttribute.class)
                .map(shared -> Domain.valueOf(shared.getDomain().name())).orElse(Domain.THREAD);
        return new RegisterModel(register.getName(), RegisterFacts.role(register), layout.map(bits -> bits.layout().getName()),
                Optional.ofNullable(register.getBank()).map(own -> own.getName()), indexes, Numbers.of(register.getAddress()),
                RegisterFacts.stride(register), RegisterFacts.aliasOf(register).map(Register::getName), read(register), write(register, layout),
                writable, withoutSmtMask, reset(register, layout), rdpmc, domain, Origins.of(register));
    }

    private static ReadRule read(Register register) {
        return RegisterFacts.attribute(register, ReadsAttribute.class)
                .<ReadRule>map(reads -> new ReadRule.Constant(Numbers.of(reads.getValue()))).orElseGet(ReadRule.Stored::new);
    }

    /** The register that says what a write does: it itself or, of an alias that says nothing, its target as it is here. */
    private Register ruling(Register register) {
        Set<Register> seen = new HashSet<>();
        Register next = register;
        while (seen.add(next)) {
            boolean own = RegisterFacts.attribute(next, WriteAttribute.class).isPresent()
                    || RegisterFacts.attribute(next, ReadOnlyAttribute.class).isPresent();
            Optional<Register> target = own ? Optional.empty() : RegisterFacts.aliasOf(next).map(pmu::current);
            if (target.isEmpty()) {
                return next;
            }
            next = target.get();
        }
        return register;
    }

    private WriteRule write(Register written, Optional<FlatLayout> layout) {
        Register register = ruling(written);
        Optional<WriteAttribute> write = RegisterFacts.attribute(register, WriteAttribute.class);
        if (write.isPresent()) {
            return write(write.get());
        }
        if (RegisterFacts.attribute(register, ReadOnlyAttribute.class).isPresent()) {
            return new WriteRule.Fault();
        }
        Optional<Register> changed = RegisterFacts.changes(register);
        if (changed.isPresent()) {
            String target = changed.get().getName();
            return RegisterFacts.attribute(register, ClearsAttribute.class).isPresent()
                    ? new WriteRule.ClearBits(target) : new WriteRule.SetBits(target);
        }
        if (RegisterFacts.role(register) == RegisterRole.VALUE) {
            return new WriteRule.Truncate();
        }
        return new WriteRule.Checked(layout.map(FlatLayout::reserved).orElse(ReservedBits.FAULT));
    }

    private static WriteRule write(WriteAttribute write) {
        if (write.isTruncates()) {
            return new WriteRule.Truncate();
        } else if (write.isIgnored()) {
            return new WriteRule.Ignored();
        } else if (write.isBeyondWidth()) {
            return new WriteRule.FaultBeyondWidth();
        } else if (write.isNotCanonical()) {
            return new WriteRule.FaultUnlessCanonical();
        }
        return new WriteRule.SignExtend(Numbers.intOf(write.getBits()));
    }

    /** The bits that a write may set in one element: what `valid` says, or the layout; of a counter's value, its width. */
    private long writable(Register register, FlatBank bank, int index) {
        Register ruling = ruling(register);
        if (RegisterFacts.attribute(ruling, ReadOnlyAttribute.class).isPresent()) {
            return 0;
        }
        Optional<ValidAttribute> valid = RegisterFacts.attribute(register, ValidAttribute.class)
                .or(() -> RegisterFacts.attribute(ruling, ValidAttribute.class));
        if (valid.isPresent()) {
            return Numbers.of(valid.get().getMask());
        }
        Optional<FlatLayout> layout = pmu.layout(register);
        if (layout.isPresent()) {
            return new LayoutBits(pmu, layout.get()).defined(bank, index);
        }
        return RegisterFacts.role(register) == RegisterRole.VALUE && bank != null ? Bits.mask(0, bank.width()) : -1L;
    }

    private long reset(Register register, Optional<FlatLayout> layout) {
        Optional<ResetAttribute> reset = RegisterFacts.attribute(register, ResetAttribute.class);
        if (reset.isPresent() && reset.get().getBank() != null) {
            return pmu.bank(reset.get().getBank()).map(FlatBank::counters).orElse(0L);
        }
        if (reset.isPresent()) {
            return Numbers.of(reset.get().getValue());
        }
        return RegisterFacts.role(register) == RegisterRole.CAPABILITIES
                ? layout.map(bits -> capabilityBits(bits)).orElse(0L) : 0;
    }

    /** What a register of capabilities reads as: each capability's value in its field. */
    private long capabilityBits(FlatLayout layout) {
        long word = 0;
        for (FlatField field : layout.fields()) {
            if (field.field().getCapability() != null) {
                long value = pmu.capabilities().value(field.field().getCapability());
                word |= (value & Bits.mask(0, field.width())) << field.low();
            }
        }
        return word;
    }
}
