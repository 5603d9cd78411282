package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.BitRange;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RdpmcModel;
import dev.vpmu.dsl.model.RegisterModel;
import java.util.Optional;
import java.util.OptionalInt;

/** What RDPMC reads. */
final class RdpmcDecoder {

    private static final long ECX = 0xFFFF_FFFFL;

    private final CpuModel cpu;
    private final RegisterFile registers;
    private final Counters counters;

    RdpmcDecoder(CpuModel cpu, RegisterFile registers, Counters counters) {
        this.cpu = cpu;
        this.registers = registers;
        this.counters = counters;
    }

    /** The value; empty if the instruction faults. */
    Optional<Long> read(int ecx, Privilege privilege) {
        if (cpu.rdpmc().isEmpty() || !privilege.allowsRdpmc()) {
            return Optional.empty();
        }
        RdpmcModel model = cpu.rdpmc().get();
        long word = ecx & ECX;
        long known = model.index().mask() | model.type().map(BitRange::mask).orElse(0L);
        if ((word & ~known) != 0) {
            return Optional.empty();
        }
        long index = field(word, model.index());
        if (model.type().isEmpty()) {
            return counters.find(place -> place.globalIndex() == index).map(counter -> shown(counter, privilege));
        }
        long type = field(word, model.type().get());
        return counters.find(place -> isType(place.bank().rdpmcType(), type) && place.index() == index).map(counter -> shown(counter, privilege))
                .or(() -> register(type, index));
    }

    private static boolean isType(OptionalInt declared, long type) {
        return declared.isPresent() && (declared.getAsInt() & ECX) == type;
    }

    private static long field(long word, BitRange range) {
        return (word & range.mask()) >>> range.low();
    }

    private static long shown(InterpretedCounter counter, Privilege privilege) {
        return counter.control().userReadDisable() && privilege.cpl() != 0 ? 0 : counter.value();
    }

    private Optional<Long> register(long type, long index) {
        return cpu.registers().stream().filter(register -> isType(register.rdpmcType(), type)).map(RegisterModel::name)
                .flatMap(name -> registers.all().stream().filter(element -> element.register().name().equals(name) && element.index() == index))
                .map(element -> element.word().get()).findFirst();
    }
}
