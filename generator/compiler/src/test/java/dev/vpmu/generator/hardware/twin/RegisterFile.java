package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which register elements there are with SMT on or off, and where each of them is stored. */
final class RegisterFile {

    private static final long ADDRESS = 0xFFFF_FFFFL;

    private record Key(String register, int index) {
    }

    private final Map<Key, Word> words = new HashMap<>();
    private final Map<Key, Element> elements = new LinkedHashMap<>();
    private final Map<Long, Element> byAddress = new HashMap<>();
    private final Map<RegisterRole, List<Element>> stored = new EnumMap<>(RegisterRole.class);

    RegisterFile(CpuModel cpu, boolean smt) {
        for (RegisterModel register : cpu.registers()) {
            for (AddressModel address : cpu.addresses()) {
                if (address.register().equals(register.name())) {
                    add(cpu, register, address, smt);
                }
            }
        }
        reset();
    }

    private void add(CpuModel cpu, RegisterModel register, AddressModel address, boolean smt) {
        Word word = words.computeIfAbsent(new Key(register.aliasOf().orElse(register.name()), address.index()), key -> new Word());
        if (!smt || !address.withoutSmtOnly()) {
            Element element = Element.of(cpu, register, address.index(), smt, word);
            elements.put(new Key(register.name(), address.index()), element);
            byAddress.put(address.address(), element);
            if (!element.isAlias()) {
                stored.computeIfAbsent(register.role(), role -> new ArrayList<>()).add(element);
            }
        }
    }

    /** The element at an address, as in ECX; empty if there is none in this state of SMT. */
    Optional<Element> at(int address) {
        return Optional.ofNullable(byAddress.get(address & ADDRESS));
    }

    /** The element of a register for a counter, or of a single register with index 0; empty if it does not exist in this state of SMT. */
    Optional<Element> element(String register, int index) {
        return Optional.ofNullable(elements.get(new Key(register, index)));
    }

    /** Where a single register is stored. */
    Word word(String register) {
        return element(register, 0).orElseThrow().word();
    }

    /** The elements that exist, in the order of the model. */
    Collection<Element> all() {
        return elements.values();
    }

    /** The elements of the role that exist and hold bits of their own. */
    List<Element> stored(RegisterRole role) {
        return stored.getOrDefault(role, List.of());
    }

    /** The single registers of the role that hold bits of their own. */
    List<Element> single(RegisterRole role) {
        return stored(role).stream().filter(element -> element.register().bank().isEmpty()).toList();
    }

    void reset() {
        stored.values().forEach(ofRole -> ofRole.forEach(element -> element.word().set(element.resetValue())));
    }

    /** What siblings share is from now on one with what {@code first} has. */
    void shareWith(RegisterFile first) {
        elements.forEach((key, element) -> {
            if (!element.isAlias() && element.register().domain() != Domain.THREAD) {
                first.element(key.register(), key.index()).ifPresent(other -> element.word().shareWith(other.word()));
            }
        });
    }
}
