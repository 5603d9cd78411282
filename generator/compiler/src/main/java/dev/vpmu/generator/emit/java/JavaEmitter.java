package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.PmuModel;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.generator.emit.EmittedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes a model's cpus as Java. */
public final class JavaEmitter {

    private static final String DOORS = "META-INF/services/dev.vpmu.runtime.cpu.Cpu";

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
        return files;
    }

    /** The entry by which the runtime finds the doors; nothing where there is no cpu. */
    public static List<EmittedFile> resources(PmuModel model) {
        TreeSet<String> doors = new TreeSet<>();
        names(model).forEach(names -> doors.add(names.javaPackage() + "." + names.door()));
        return doors.isEmpty() ? List.of() : List.of(new EmittedFile(DOORS, String.join("\n", doors) + "\n", "the cpus of all files"));
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
