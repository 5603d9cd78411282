package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.model.Origin;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.generator.emit.ClassKind;
import dev.vpmu.generator.emit.JavaNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Java names of one cpu's classes.
 *
 * @param cpu the cpu
 * @param javaPackage the package of all of them
 * @param door the class that carries its name
 * @param layouts the class of its layouts
 * @param events the class of its events
 * @param hardware the class of its PMU as hardware
 * @param hostPerf the class of a host's perf on it
 * @param vpmus the classes of its virtual PMUs, by policy
 */
public record CpuNames(CpuModel cpu, String javaPackage, String door, String layouts, String events, String hardware, String hostPerf,
        Map<String, String> vpmus) {

    /** The names of every cpu of one package, which must differ on every disk. */
    static List<CpuNames> of(String packageName, List<CpuModel> cpus) {
        List<String> names = cpus.stream().map(CpuModel::name).toList();
        Map<String, String> doors = JavaNames.toClasses(names, ClassKind.DOOR);
        Map<String, String> layouts = JavaNames.toClasses(names, ClassKind.LAYOUTS);
        Map<String, String> events = JavaNames.toClasses(names, ClassKind.EVENTS);
        Map<String, String> hardware = JavaNames.toClasses(names, ClassKind.HARDWARE);
        Map<String, String> hostPerf = JavaNames.toClasses(names, ClassKind.HOST_PERF);
        Map<String, Map<String, String>> vpmus = vpmus(cpus);
        return cpus.stream().map(cpu -> new CpuNames(cpu, JavaNames.toPackage(packageName), doors.get(cpu.name()), layouts.get(cpu.name()),
                events.get(cpu.name()), hardware.get(cpu.name()), hostPerf.get(cpu.name()), vpmus.get(cpu.name()))).toList();
    }

    /** The classes of the policies of every cpu. A dot keeps names apart that would be one if they were only put together. */
    private static Map<String, Map<String, String>> vpmus(List<CpuModel> cpus) {
        List<String> all = new ArrayList<>();
        Map<String, Map<String, String>> chosen = new LinkedHashMap<>();
        for (CpuModel cpu : cpus) {
            Map<String, String> own = chosen.computeIfAbsent(cpu.name(), name -> new LinkedHashMap<>());
            for (PolicyModel policy : cpu.policies()) {
                String plain = cpu.name() + policy.name();
                String name = all.contains(plain) ? cpu.name() + "." + policy.name() : plain;
                all.add(name);
                own.put(policy.name(), name);
            }
        }
        Map<String, String> classes = JavaNames.toClasses(all, ClassKind.VPMU);
        chosen.values().forEach(own -> own.replaceAll((policy, name) -> classes.get(name)));
        return chosen;
    }

    /** The class of the virtual PMU of one of its policies. */
    String vpmu(PolicyModel policy) {
        return vpmus.get(policy.name());
    }

    /** The path of a class under the folder of sources. */
    String path(String className) {
        return javaPackage.replace('.', '/') + "/" + className + ".java";
    }

    /** Where an element is declared, as generated comments say it. */
    static String link(Origin origin) {
        return origin.place().file() + ":" + origin.place().line();
    }

    /** Counters in the language's own words: {@code gp[0..3] or fixed[1]}; {@code none} for no counter. */
    String counters(long mask) {
        List<String> parts = new ArrayList<>();
        for (BankModel bank : cpu.banks()) {
            List<Integer> named = bank.indexes().stream().filter(index -> bank.firstIndex().isPresent()
                    && (mask >>> bank.firstIndex().getAsInt() + index & 1) != 0).toList();
            if (!named.isEmpty()) {
                parts.add(named.size() == bank.indexes().size() ? bank.name() : bank.name() + "[" + IndexText.of(named) + "]");
            }
        }
        return parts.isEmpty() ? "none" : String.join(" or ", parts);
    }
}
