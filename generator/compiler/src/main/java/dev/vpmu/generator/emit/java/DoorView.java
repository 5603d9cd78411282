package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.CpuidWords;
import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.model.IntRange;
import dev.vpmu.dsl.model.LeafModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.SignatureModel;
import dev.vpmu.generator.emit.JavaEscapes;
import dev.vpmu.generator.emit.JavaNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the template of the door class prints. */
public final class DoorView {

    private final CpuNames names;
    private final CpuModel cpu;
    private final HardwareCounting counting;
    private final HostPerfRules rules;

    DoorView(CpuNames names, HardwareCounting counting, HostPerfRules rules) {
        this.names = names;
        this.counting = counting;
        this.rules = rules;
        this.cpu = names.cpu();
    }

    public String javaPackage() {
        return names.javaPackage();
    }

    public String className() {
        return names.door();
    }

    public String eventsClass() {
        return names.events();
    }

    public String hardwareClass() {
        return names.hardware();
    }

    public String hostPerfClass() {
        return names.hostPerf();
    }

    /** The designs of its policies, a list of expressions. */
    public String designs() {
        return HardwareView.wrapped(cpu.policies().stream().map(policy -> names.vpmu(policy) + ".DESIGN").toList(), ", ");
    }

    /** The fixed counters whose own events selectors can ask for by the constraints, a case each with the selector's bits. */
    public List<String> selectorsOfFixedEvents() {
        return cpu.fixedEvents().stream().flatMap(fixed -> rules.selectorOf(fixed.globalIndex()).stream()
                .map(selector -> "case " + fixed.globalIndex() + " -> EventAttributes.of(event.name(), " + Literals.hex(selector) + ");")).toList();
    }

    /** The name in steps of work of an event that a selector asks for, as an expression. */
    public String programmableEvent() {
        return counting.groups().stream().filter(ControlGroupView::isProgrammable).findFirst()
                .map(group -> names.hardware() + "." + group.method("event") + "(event.encoding())")
                .orElse("throw new IllegalArgumentException(event.name() + \" has no selector\")");
    }

    /** The names of the events of fixed counters that selectors can ask for too, a case each. */
    public List<String> fixedEvents() {
        return cpu.fixedEvents().stream().flatMap(fixed -> shared(fixed.event()).stream().map(event -> "case " + fixed.globalIndex() + " -> " + event + ";")).toList();
    }

    private Optional<String> shared(CountedEvent event) {
        if (event instanceof CountedEvent.Occurrences occurrences) {
            return Optional.of(HardwareCounting.eventName(occurrences.code(), occurrences.umask()));
        }
        return cpu.clockEvents().stream().filter(clock -> event instanceof CountedEvent.Ticks ticks && ticks.clock() == clock.clock())
                .map(clock -> HardwareCounting.eventName(clock.code(), clock.umask())).findFirst();
    }

    public String header() {
        return Header.of(cpu.origin());
    }

    public String comment() {
        return new Comment().documentation(cpu.origin(), "The CPU {@code " + JavaEscapes.javadocText(cpu.name()) + "}.").origin(cpu.origin()).toString();
    }

    public String name() {
        return JavaEscapes.literal(cpu.name());
    }

    public int version() {
        return cpu.version();
    }

    /** A condition over vendor, family, model and stepping: one line for each signature. */
    public String signature() {
        return cpu.signatures().isEmpty() ? "false" : cpu.signatures().stream().map(DoorView::condition).collect(Collectors.joining("\n    || "));
    }

    private static String condition(SignatureModel signature) {
        return "vendor.equals(" + JavaEscapes.literal(signature.vendor()) + ") && family == " + Literals.hexInt(signature.family())
                + " && " + within("model", signature.models())
                + (signature.steppings().isEmpty() ? "" : " && " + within("stepping", signature.steppings()));
    }

    private static String within(String variable, List<IntRange> ranges) {
        String any = ranges.stream().map(range -> range.low() == range.high() ? variable + " == " + Literals.hexInt(range.low())
                : variable + " >= " + Literals.hexInt(range.low()) + " && " + variable + " <= " + Literals.hexInt(range.high())).collect(Collectors.joining(" || "));
        return ranges.size() == 1 ? any : "(" + any + ")";
    }

    /** The banks, one line each. */
    public String banks() {
        return cpu.banks().stream().map(bank -> "new CounterBank(" + JavaEscapes.literal(bank.name()) + ", " + bank.firstIndex().orElse(-1) + ", "
                + (bank.rdpmcType().isPresent() ? Literals.hexInt(bank.rdpmcType().getAsInt()) : "-1") + ", " + bank.width() + ", "
                + Literals.hex(indexes(bank.present())) + ", " + Literals.hex(indexes(bank.presentWithoutSmt())) + ")").collect(Collectors.joining(",\n"));
    }

    private static long indexes(List<Integer> indexes) {
        return indexes.stream().mapToLong(index -> 1L << index).reduce(0, (a, b) -> a | b);
    }

    /** A call for each register, one line each. */
    public String registerCalls() {
        return cpu.registers().stream().map(register -> {
            String name = JavaEscapes.literal(register.name());
            String role = JavaEscapes.literal(register.role().text());
            if (register.bank().isEmpty()) {
                return ".single(" + Literals.hex(register.address()) + ", " + name + ", " + role + ")";
            }
            BankModel bank = cpu.bank(register.bank().get()).orElseThrow();
            long all = indexes(register.indexes());
            return ".array(" + Literals.hex(register.address()) + ", " + register.stride() + ", " + name + ", " + role + ", "
                    + Literals.hex(all & indexes(bank.present())) + ", " + Literals.hex(all) + ")";
        }).collect(Collectors.joining("\n"));
    }

    /** The registers, for the constants of their addresses. */
    public List<MsrView> msrs() {
        return cpu.registers().stream().map(MsrView::new).toList();
    }

    /** The leaves that are not all zeros. */
    public List<LeafView> leaves() {
        return cpu.leaves().stream().map(LeafView::new).toList();
    }

    /** One register's address. */
    public static final class MsrView {

        private final RegisterModel register;

        MsrView(RegisterModel register) {
            this.register = register;
        }

        public String name() {
            return JavaNames.toJava(register.name());
        }

        public String method() {
            return JavaNames.toMethod(register.name());
        }

        public boolean isArray() {
            return register.bank().isPresent();
        }

        public String address() {
            return Literals.hexInt((int) register.address());
        }

        public String offset() {
            return register.stride() == 1 ? "index" : "index * " + register.stride();
        }

        public String comment() {
            String elements = register.bank().map(bank -> ", element 0 of " + JavaEscapes.javadocText(bank) + "[" + IndexText.of(register.indexes()) + "]").orElse("");
            return new Comment().documentation(register.origin(), "{@code " + JavaEscapes.javadocText(register.name()) + "}: " + register.role().text() + elements + ".")
                    .origin(register.origin()).toString();
        }

        public String arrayComment() {
            return new Comment().line("The address of {@code " + JavaEscapes.javadocText(register.name()) + "} of counter {@code index}: one of "
                    + IndexText.of(register.indexes()) + ".").toString();
        }
    }

    /** One leaf of CPUID. */
    public static final class LeafView {

        private final LeafModel leaf;

        LeafView(LeafModel leaf) {
            this.leaf = leaf;
        }

        public String condition() {
            return "leaf == " + Literals.hexInt(leaf.leaf()) + " && subleaf == " + Literals.hexInt(leaf.subleaf());
        }

        public String answer() {
            return leaf.withSmt().equals(leaf.withoutSmt()) ? words(leaf.withSmt()) : "smt ? " + words(leaf.withSmt()) + " : " + words(leaf.withoutSmt());
        }

        private static String words(CpuidWords words) {
            return "new CpuidWords(" + Literals.hexInt(words.eax()) + ", " + Literals.hexInt(words.ebx()) + ", " + Literals.hexInt(words.ecx())
                    + ", " + Literals.hexInt(words.edx()) + ")";
        }
    }
}
