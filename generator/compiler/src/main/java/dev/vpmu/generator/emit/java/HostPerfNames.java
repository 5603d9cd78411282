package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.generator.emit.JavaEscapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of the members of a generated host perf: the registers that it uses are constants with their addresses. */
final class HostPerfNames {

    /** The constants that it inherits or has anyway; other members have small letters. */
    private static final List<String> TAKEN = List.of("OVERLAPPING", "EXCLUSIVE", "PAIRED", "LVTPC_NMI", "USER", "KERNEL", "INTERRUPT", "MOST_LOOKS",
            "WITH_SMT", "WITHOUT_SMT", "COUNTERS");

    private final HardwareNames names = new HardwareNames(TAKEN);
    private final Map<String, RegisterModel> used = new LinkedHashMap<>();

    /** The constant with a register's address. */
    String address(RegisterModel register) {
        String name = names.constant(register.name());
        used.put(name, register);
        return name;
    }

    /** A method: {@code enablingGp}. */
    String method(String verb, String name) {
        return names.method(verb, name);
    }

    /** The registers that have been named, by address. */
    List<NamedMask> addresses() {
        List<Map.Entry<String, RegisterModel>> entries = new ArrayList<>(used.entrySet());
        entries.sort((a, b) -> Long.compareUnsigned(a.getValue().address(), b.getValue().address()));
        return entries.stream().map(entry -> new NamedMask(entry.getKey(), Literals.hexInt((int) entry.getValue().address()), comment(entry.getValue()))).toList();
    }

    private static String comment(RegisterModel register) {
        String role = register.role() == RegisterRole.CLEAR ? "clears status bits" : register.role().text();
        return new Comment().line("{@code " + JavaEscapes.javadocText(HardwareAccess.title(register)) + "}: " + role + ".").toString();
    }
}
