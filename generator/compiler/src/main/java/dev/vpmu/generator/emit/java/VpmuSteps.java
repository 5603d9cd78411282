package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.ConflictAnswer;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.StepModel.Kind;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.model.policy.WriteEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The sequences of a policy as statements. */
public final class VpmuSteps {

    private final CpuModel cpu;
    private final PolicyModel policy;
    private final HardwareAccess access;
    private final VpmuWords words;
    private final VpmuCounters counters;

    VpmuSteps(CpuModel cpu, PolicyModel policy, HardwareAccess access, VpmuWords words, VpmuCounters counters) {
        this.cpu = cpu;
        this.policy = policy;
        this.access = access;
        this.words = words;
        this.counters = counters;
    }

    /* ------------------------------------------------------------- how host events give way */

    /** How host events give way, as an expression. */
    public String yielding() {
        List<ConflictAnswer> answers = policy.conflict();
        return Stream.of(!answers.contains(ConflictAnswer.OVERLOOK), answers.contains(ConflictAnswer.MOVE), answers.contains(ConflictAnswer.ROTATE),
                answers.contains(ConflictAnswer.EVICT), clearsOnTake(RegisterRole.ENABLE), clearsOnTake(RegisterRole.STATUS))
                .map(String::valueOf).reduce((a, b) -> a + ", " + b).map(arguments -> "new Yielding(" + arguments + ")").orElseThrow();
    }

    private boolean clearsOnTake(RegisterRole role) {
        return policy.steps(Trigger.TAKE).stream().anyMatch(step -> step.kind() == Kind.CLEAR && registers(step).anyMatch(register -> register.role() == role));
    }

    private Stream<RegisterModel> registers(StepModel step) {
        return step.registers().stream().map(name -> cpu.register(name).orElseThrow());
    }

    /* ------------------------------------------------------------- sequences */

    /** What is done when counters have been reserved. */
    public List<String> taken() {
        return statements(Trigger.TAKE, "counters");
    }

    /** What is done before counters are given back. */
    public List<String> returned() {
        return statements(Trigger.RETURN, "counters");
    }

    public List<String> load() {
        return statements(Trigger.LOAD, "owned");
    }

    public List<String> put() {
        return statements(Trigger.PUT, "owned");
    }

    public List<String> scheduledIn() {
        return statements(Trigger.SCHED_IN, "owned");
    }

    public List<String> scheduledOut() {
        return statements(Trigger.SCHED_OUT, "owned");
    }

    public List<String> reset() {
        return statements(Trigger.RESET, "owned");
    }

    /** What is done with overflows of {@code counters}. */
    public List<String> overflowed() {
        return policy.steps(Trigger.OVERFLOW).stream().map(step -> switch (step.kind()) {
            case MERGE -> "raise(counters);";
            case REQUEST_PMI -> "requestPmi(counters);";
            case REQUEST_PMI_ALWAYS -> "vcpu.request(VcpuPort.Request.PMI);";
            default -> throw new IllegalStateException("policy " + policy.name() + ": no step of `on overflow`: " + step.kind());
        }).toList();
    }

    /** What is done when the guest has left guest mode. */
    public List<String> exit() {
        return statements(Trigger.EXIT, "owned");
    }

    private List<String> statements(Trigger trigger, String mask) {
        List<String> statements = new ArrayList<>();
        for (StepModel step : policy.steps(trigger)) {
            switch (step.kind()) {
                case CLEAR -> registers(step).filter(register -> trigger != Trigger.TAKE || !isDoneByPerf(register)).forEach(register -> statements.addAll(clear(register, mask)));
                case CLEAR_GUEST -> statements.add("clearGuest();");
                case SAVE -> registers(step).forEach(register -> statements.addAll(save(register, step, mask)));
                case RESTORE -> registers(step).forEach(register -> statements.addAll(restore(register, step, mask)));
                case MERGE -> statements.add("merge(" + mask + ");");
                case TAKE_REMEMBERED -> statements.add("takeRemembered();");
                case TAKE_ALL -> statements.add("take(" + counters.present() + ");");
                case RETURN_OWNED -> statements.add("giveBack(owned);");
                case REMEMBER_OWNED -> statements.add("remembered |= owned;");
                case ROUTE_TO_GUEST -> statements.add("perf.register(this);");
                case ROUTE_TO_HOST -> statements.add("perf.unregister();");
                case REQUEST_PMI -> statements.add("requestPmi(" + mask + ");");
                case REQUEST_PMI_ALWAYS -> statements.add("vcpu.request(VcpuPort.Request.PMI);");
                case RELEASE_IDLE -> { }
            }
        }
        return statements;
    }

    private static boolean isDoneByPerf(RegisterModel register) {
        return register.role() == RegisterRole.ENABLE || register.role() == RegisterRole.STATUS;
    }

    private List<PerfCounter> withElement(RegisterModel register) {
        RegisterModel target = access.target(register);
        return counters.all().stream().filter(counter -> counter.counter().value().equals(target) || counter.counter().control().equals(target)).toList();
    }

    private static String when(String condition, String statement) {
        return "if (" + condition + ") {\n    " + statement.replace("\n", "\n    ") + "\n}";
    }

    private List<String> forEach(RegisterModel register, String mask, Function<PerfCounter, String> statement) {
        return withElement(register).stream().map(counter -> when(counters.isIn(mask, counter), statement.apply(counter))).toList();
    }

    /** The parts of some counters in a register that they share, in a variable. */
    private List<String> part(RegisterModel register, String mask, String variable) {
        List<String> statements = new ArrayList<>();
        statements.add("long " + variable + " = 0;");
        withElement(register).forEach(counter -> statements.add(when(counters.isIn(mask, counter), variable + " |= " + Literals.hex(counter.part()) + ";")));
        return statements;
    }

    private List<String> clear(RegisterModel register, String mask) {
        String address = HardwareAccess.address(register, 0);
        if (register.role() == RegisterRole.VALUE) {
            return forEach(register, mask, counter -> counters.write(counter, "0") + ";");
        } else if (register.role() == RegisterRole.SELECTOR && register.bank().isPresent()) {
            return forEach(register, mask, counter -> "hardware.wrmsr(" + HardwareAccess.address(register, counter.index()) + ", 0);");
        } else if (register.role() == RegisterRole.SELECTOR) {
            List<String> statements = new ArrayList<>(part(register, mask, "cleared"));
            statements.add(when("cleared != 0", "hardware.wrmsr(" + address + ", hardware.rdmsr(" + address + ") & ~cleared);"));
            return block(statements);
        } else if (register.role() == RegisterRole.STATUS) {
            String bits = counters.inRegister(mask, register);
            return List.of(counters.masks().clearing(register).map(clearing -> "hardware.wrmsr(" + HardwareAccess.address(clearing, 0) + ", " + bits + ");")
                    .orElse("hardware.wrmsr(" + address + ", hardware.rdmsr(" + address + ") & ~" + bits + ");"));
        } else if (register.role() == RegisterRole.ENABLE) {
            return List.of("hardware.wrmsr(" + address + ", hardware.rdmsr(" + address + ") & ~" + counters.inRegister(mask, register) + ");");
        }
        return HardwareAccess.elements(register).stream().map(index -> "hardware.wrmsr(" + HardwareAccess.address(register, index) + ", 0);").toList();
    }

    private static List<String> block(List<String> statements) {
        return List.of("{\n    " + String.join("\n", statements).replace("\n", "\n    ") + "\n}");
    }

    private List<String> save(RegisterModel register, StepModel step, String mask) {
        if (register.role() == RegisterRole.VALUE) {
            return forEach(register, mask, counter -> words.field(register, counter.index()) + " = "
                    + (step.named() ? "hardware.rdmsr(" + HardwareAccess.address(register, counter.index()) + ")" : counters.read(counter)) + ";");
        } else if (register.role() == RegisterRole.SELECTOR && register.bank().isPresent()) {
            return forEach(register, mask, counter -> words.field(register, counter.index()) + " = hardware.rdmsr(" + HardwareAccess.address(register, counter.index()) + ");");
        }
        String address = HardwareAccess.address(register, 0);
        if (counters.allBits(register) != 0) {
            String bits = counters.inRegister(mask, register);
            String field = words.field(register, 0);
            return List.of(field + " = " + field + " & ~" + bits + " | hardware.rdmsr(" + address + ") & " + bits + ";");
        }
        return HardwareAccess.elements(register).stream().map(index -> words.field(register, index) + " = hardware.rdmsr(" + HardwareAccess.address(register, index) + ");").toList();
    }

    private List<String> restore(RegisterModel register, StepModel step, String mask) {
        if (register.role() == RegisterRole.VALUE) {
            return forEach(register, mask, counter -> {
                String field = words.field(register, counter.index());
                String write = step.named() ? "hardware.wrmsr(" + HardwareAccess.address(register, counter.index()) + ", " + field + ");" : counters.write(counter, field) + ";";
                return step.ifChanged() ? when(counters.read(counter) + " != " + field, write) : write;
            });
        } else if (register.role() == RegisterRole.SELECTOR && register.bank().isPresent()) {
            return forEach(register, mask, counter -> "hardware.wrmsr(" + HardwareAccess.address(register, counter.index()) + ", " + words.field(register, counter.index()) + ");");
        }
        String address = HardwareAccess.address(register, 0);
        if (register.role() == RegisterRole.SELECTOR) {
            List<String> statements = new ArrayList<>(part(register, mask, "restored"));
            statements.add(when("restored != 0", "hardware.wrmsr(" + address + ", hardware.rdmsr(" + address + ") & ~restored | " + words.field(register, 0) + " & restored);"));
            return block(statements);
        } else if (register.role() == RegisterRole.STATUS) {
            return cpu.registers().stream().filter(set -> set.role() == RegisterRole.SET && counters.target(set).equals(register)).findFirst()
                    .map(set -> List.of("hardware.wrmsr(" + HardwareAccess.address(set, 0) + ", " + words.field(register, 0) + " & " + counters.inRegister(mask, register) + ");"))
                    .orElseThrow(() -> new IllegalStateException("policy " + policy.name() + " restores " + register.name() + ", which nothing can set"));
        } else if (counters.allBits(register) != 0) {
            String bits = counters.inRegister(mask, register);
            return List.of("hardware.wrmsr(" + address + ", hardware.rdmsr(" + address + ") & ~" + bits + " | " + words.field(register, 0) + " & " + bits + ");");
        }
        return HardwareAccess.elements(register).stream()
                .map(index -> "hardware.wrmsr(" + HardwareAccess.address(register, index) + ", " + words.field(register, index) + ");").toList();
    }

    /* ------------------------------------------------------------- status */

    /** Whether overflows are ever moved from hardware to the guest. */
    public boolean isMerging() {
        boolean byStep = policy.sequences().stream().filter(sequence -> sequence.trigger() != Trigger.OVERFLOW).flatMap(sequence -> sequence.steps().stream())
                .anyMatch(step -> step.kind() == Kind.MERGE);
        boolean byClear = policy.accesses().stream().anyMatch(model -> cpu.register(model.register()).orElseThrow().role() == RegisterRole.CLEAR
                && model.writes().stream().anyMatch(effect -> effect.kind() == WriteEffect.Kind.HARDWARE
                && effect.scope() != WriteEffect.Scope.ALL));
        return byStep || byClear;
    }

    private Stream<RegisterModel> statuses() {
        return counters.masks().statuses().stream().filter(register -> counters.allBits(register) != 0);
    }

    /** How overflows of {@code counters} go from hardware to the guest. */
    public List<String> merge() {
        return statuses().flatMap(register -> {
            String address = HardwareAccess.address(register, 0);
            String clear = counters.masks().clearing(register).map(clearing -> "hardware.wrmsr(" + HardwareAccess.address(clearing, 0) + ", found);")
                    .orElse("hardware.wrmsr(" + address + ", hardware.rdmsr(" + address + ") & ~found);");
            String found = "found = hardware.rdmsr(" + address + ") & " + counters.inRegister("counters", register) + ";";
            return Stream.of(found, when("found != 0", clear + "\noverflowed(" + counters.fromRegister("found", register) + ");"));
        }).toList();
    }

    /** How the guest's status bits of {@code counters} are set. */
    public List<String> raise() {
        return statuses().map(register -> words.field(register, 0) + " |= " + counters.inRegister("counters", register) + ";").toList();
    }
}
