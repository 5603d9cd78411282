package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CostModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.PmuModel;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.generator.emit.ClassKind;
import dev.vpmu.generator.emit.EmittedFile;
import dev.vpmu.generator.emit.JavaNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes a model's cpus as Java. */
public final class JavaEmitter {

    private static final String DOORS = "META-INF/services/dev.vpmu.runtime.cpu.Cpu";
    private static final String COSTS = "META-INF/services/dev.vpmu.runtime.costs.CostTable$Source";

    private JavaEmitter() {
    }

    /** Every source, cpu by cpu in the order of the model. */
    public static List<EmittedFile> sources(PmuModel model) {
        List<EmittedFile> files = new ArrayList<>();
        for (CpuNames names : names(model)) {
            String origin = names.cpu().origin().place().toString();
            HardwareView hardware = new HardwareView(names);
            HostPerfView hostPerf = new HostPerfView(names);
            files.add(new EmittedFile(names.path(names.door()), clean(DoorTemplate.of(new DoorView(names, hardware.counting(), hostPerf.rules()))), origin));
            files.add(new EmittedFile(names.path(names.layouts()), clean(LayoutsTemplate.of(new LayoutsView(names))), origin));
            files.add(new EmittedFile(names.path(names.events()), clean(EventsTemplate.of(new EventsView(names))), origin));
            files.add(new EmittedFile(names.path(names.hardware()), clean(HardwareTemplate.of(hardware)), origin));
            files.add(new EmittedFile(names.path(names.hostPerf()), clean(HostPerfTemplate.of(hostPerf)), origin));
            for (PolicyModel policy : names.cpu().policies()) {
                CharSequence source = policy.ownership() == Ownership.NONE ? EventVpmuTemplate.of(new EventVpmuView(names, policy)) : VpmuTemplate.of(new VpmuView(names, policy));
                files.add(new EmittedFile(names.path(names.vpmu(policy)), clean(source), origin));
            }
        }
        for (CostsView costs : costs(model)) {
            files.add(new EmittedFile(costs.path(), clean(CostsTemplate.of(costs)), costs.origin()));
        }
        return files;
    }

    /** The entries by which the runtime finds the doors, and the tables of costs; nothing where there are none. */
    public static List<EmittedFile> resources(PmuModel model) {
        TreeSet<String> doors = new TreeSet<>();
        names(model).forEach(names -> doors.add(names.javaPackage() + "." + names.door()));
        TreeSet<String> tables = new TreeSet<>();
        costs(model).forEach(costs -> tables.add(costs.javaPackage() + "." + costs.className()));
        return Stream.of(services(DOORS, doors, "the cpus of all files"), services(COSTS, tables, "the costs of all files")).flatMap(List::stream).toList();
    }

    private static List<EmittedFile> services(String path, TreeSet<String> classes, String origin) {
        return classes.isEmpty() ? List.of() : List.of(new EmittedFile(path, String.join("\n", classes) + "\n", origin));
    }

    private static List<CostsView> costs(PmuModel model) {
        Map<String, List<CostModel>> byPackage = new LinkedHashMap<>();
        model.costs().forEach(costs -> byPackage.computeIfAbsent(costs.packageName(), name -> new ArrayList<>()).add(costs));
        return byPackage.values().stream().flatMap(tables -> {
            Map<String, String> classes = JavaNames.toClasses(tables.stream().map(CostModel::name).toList(), ClassKind.COSTS);
            return tables.stream().map(table -> new CostsView(table, classes.get(table.name())));
        }).toList();
    }

    /** Templates indent empty lines too. No literal or comment of generated Java ends in white space. */
    private static String clean(CharSequence source) {
        return source.toString().replaceAll("[ \\t]+(?=\\R)", "");
    }

    private static List<CpuNames> names(PmuModel model) {
        Map<String, List<CpuModel>> byPackage = new LinkedHashMap<>();
        model.cpus().forEach(cpu -> byPackage.computeIfAbsent(cpu.packageName(), name -> new ArrayList<>()).add(cpu));
        return byPackage.entrySet().stream().flatMap(entry -> CpuNames.of(entry.getKey(), entry.getValue()).stream()).toList();
    }
}
