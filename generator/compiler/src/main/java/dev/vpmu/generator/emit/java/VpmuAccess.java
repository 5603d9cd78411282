package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.MaskExpression;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.MissingModel;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.RdpmcTreatment;
import dev.vpmu.dsl.model.policy.WriteEffect;
import dev.vpmu.dsl.model.policy.WriteEffect.Kind;
import dev.vpmu.dsl.model.policy.WriteEffect.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a guest's RDMSR, WRMSR and RDPMC do once they have left guest mode, as cases of switches. */
public final class VpmuAccess {

    private final CpuModel cpu;
    private final PolicyModel policy;
    private final HardwareNames names;
    private final HardwareAccess access;
    private final VpmuWords words;
    private final VpmuCounters counters;
    private final VpmuControls controls;

    VpmuAccess(CpuModel cpu, PolicyModel policy, HardwareNames names, HardwareAccess access, VpmuWords words, VpmuCounters counters, VpmuControls controls) {
        this.cpu = cpu;
        this.policy = policy;
        this.names = names;
        this.access = access;
        this.words = words;
        this.counters = counters;
        this.controls = controls;
    }

    /* ------------------------------------------------------------- reads */

    /** RDMSR, by page. */
    public List<AccessPage> reads() {
        TreeMap<Integer, AccessPage> pages = new TreeMap<>(Integer::compareUnsigned);
        for (RegisterModel register : cpu.registers()) {
            AccessModel model = words.access(register);
            if (model.treatment() == Treatment.INTERCEPT && model.read().isEmpty() || words.isHidden(register)) {
                continue;
            }
            for (int index : HardwareAccess.elements(register)) {
                String value = value(register, index, model, "hardware.rdmsr(" + HardwareAccess.address(register, index) + ")");
                HardwareAccess.page(pages, register, index).add(HardwareAccess.title(register), "case " + HardwareAccess.address(register, index) + " -> "
                        + (access.isWithoutSmtOnly(register, index) ? "withoutSmt(address, " + value + ")" : value) + ";");
            }
        }
        for (MissingModel missing : policy.missing()) {
            missing(pages, missing).add("no counter has it", "case " + Literals.hexInt((int) missing.address()) + " -> 0;");
        }
        return List.copyOf(pages.values());
    }

    private static AccessPage missing(TreeMap<Integer, AccessPage> pages, MissingModel missing) {
        int page = (int) missing.address() >>> HardwareAccess.PAGE_BITS;
        return pages.computeIfAbsent(page, key -> new AccessPage(page, page << HardwareAccess.PAGE_BITS));
    }

    /** What a read gives; {@code hardware} is how the element is read there. */
    private String value(RegisterModel register, int index, AccessModel model, String hardware) {
        if (model.treatment() == Treatment.SHARE || model.treatment() == Treatment.PASS && register.role() != RegisterRole.VALUE) {
            return word(register, index);
        }
        Optional<PerfCounter> counter = register.role() == RegisterRole.VALUE || register.role() == RegisterRole.SELECTOR ? counters.of(register, index) : Optional.empty();
        if (model.treatment() == Treatment.PASS) {
            return counter.map(owned -> counters.isIn("owned", owned) + " ? " + hardware + " : ").orElse("") + word(register, index);
        }
        String read = expression(model.read().orElseThrow(), register, index, hardware);
        if (model.readOtherwise().isPresent()) {
            String otherwise = expression(model.readOtherwise().get(), register, index, hardware);
            return counter.map(owned -> counters.isIn("owned", owned) + " ? " + read + " : ").orElse("") + otherwise;
        }
        boolean isForOwners = model.read().get().mentions(Operand.HARDWARE) && model.read().get().mentions(Operand.OWNED);
        return isForOwners ? "owned == 0 ? " + expression(model.read().get(), register, index, "0") + " : " + read : read;
    }

    private String expression(MaskExpression expression, RegisterModel register, int index, String hardware) {
        return VpmuExpression.of(expression, operand -> switch (operand) {
            case GUEST, HOST, EVENTS -> word(register, index);
            case HARDWARE -> hardware;
            case OWNED -> counters.inRegister("owned", register);
            case ALL -> Literals.hex(counters.allBits(register));
            case GUEST_ONLY -> counters.inRegister("perf.guestOnly()", register);
            case HOST_ONLY -> counters.inRegister("perf.hostOnly()", register);
        });
    }

    /** The guest's own word of an element; 0 of a register without one. */
    private String word(RegisterModel register, int index) {
        return access.isStored(access.target(register)) ? words.field(register, index) : "0";
    }

    /* ------------------------------------------------------------- writes */

    /** WRMSR, by page; what cannot be written is not there. */
    public List<AccessPage> writes() {
        TreeMap<Integer, AccessPage> pages = new TreeMap<>(Integer::compareUnsigned);
        for (RegisterModel register : cpu.registers()) {
            AccessModel model = words.access(register);
            boolean faults = words.isHidden(register) || access.isReadOnly(register) || model.treatment() == Treatment.INTERCEPT && model.does(Kind.FAULT);
            for (int index : faults ? List.<Integer>of() : HardwareAccess.elements(register)) {
                List<String> statements = new ArrayList<>();
                if (access.isWithoutSmtOnly(register, index)) {
                    statements.add("onlyWithoutSmt(address, value);");
                }
                statements.addAll(write(register, index, model));
                String text = statements.isEmpty() ? "{ }" : statements.size() == 1 ? statements.get(0) : "{ " + String.join(" ", statements) + " }";
                HardwareAccess.page(pages, register, index).add(HardwareAccess.title(register), "case " + HardwareAccess.address(register, index) + " -> " + text);
            }
        }
        for (MissingModel missing : policy.missing()) {
            missing(pages, missing).add("no counter has it", "case " + Literals.hexInt((int) missing.address()) + " -> { }");
        }
        return List.copyOf(pages.values());
    }

    private List<String> write(RegisterModel register, int index, AccessModel model) {
        List<String> statements = new ArrayList<>();
        long forbidden = words.forbidden(register, index);
        if (forbidden != 0 && !access.faults(register) && !isUnchecked(model)) {
            statements.add("checked(address, value, " + Literals.hex(~forbidden) + ");");
        }
        switch (register.role()) {
            case SELECTOR -> statements.addAll(selector(register, index, model, forbidden));
            case VALUE -> statements.addAll(value(register, index, model));
            case CLEAR -> statements.addAll(clear(register, model));
            case SET -> statements.addAll(set(register, model));
            default -> statements.addAll(word(register, index, model, forbidden));
        }
        return statements;
    }

    private static boolean isUnchecked(AccessModel model) {
        return model.writes().stream().anyMatch(effect -> effect.kind() == Kind.GUEST && effect.unchecked());
    }

    private static boolean changesGuest(AccessModel model) {
        return model.treatment() != Treatment.INTERCEPT || model.does(Kind.GUEST);
    }

    private static Optional<Scope> hardware(AccessModel model) {
        return model.writes().stream().filter(effect -> effect.kind() == Kind.HARDWARE).map(WriteEffect::scope).findFirst();
    }

    private String next(RegisterModel register, int index, AccessModel model, long forbidden) {
        return isUnchecked(model) ? "value" : access.next(register, index, forbidden);
    }

    private List<String> selector(RegisterModel register, int index, AccessModel model, long forbidden) {
        RegisterModel target = access.target(register);
        return changesGuest(model) ? List.of(controls.method(target, index) + "(" + next(register, index, model, forbidden) + ");") : List.of();
    }

    private List<String> value(RegisterModel register, int index, AccessModel model) {
        List<String> statements = new ArrayList<>();
        String field = words.field(register, index);
        if (changesGuest(model)) {
            statements.add(field + " = " + next(register, index, model, 0) + ";");
        }
        Optional<PerfCounter> counter = counters.of(register, index);
        if (counter.isPresent() && (hardware(model).isPresent() || model.treatment() == Treatment.PASS)) {
            String write = isUnchecked(model) ? "hardware.wrmsr(address, value);" : counters.write(counter.get(), field) + ";";
            statements.add(hardware(model).equals(Optional.of(Scope.ALL)) ? write : "if (" + counters.isIn("owned", counter.get()) + ") { " + write + " }");
        }
        return statements;
    }

    private List<String> clear(RegisterModel register, AccessModel model) {
        RegisterModel status = access.target(counters.target(register));
        List<String> statements = new ArrayList<>();
        statements.add("long cleared = " + (isUnchecked(model) ? "value" : access.bits(register, 0)) + ";");
        hardware(model).ifPresent(scope -> statements.add(scope == Scope.ALL ? "hardware.wrmsr(address, cleared);"
                : "merge(" + counters.fromRegister("cleared", register) + " & owned);"));
        if (changesGuest(model)) {
            statements.add(words.field(status, 0) + " &= ~cleared;");
        }
        return statements;
    }

    private List<String> set(RegisterModel register, AccessModel model) {
        RegisterModel status = access.target(counters.target(register));
        List<String> statements = new ArrayList<>();
        statements.add("long set = " + (isUnchecked(model) ? "value" : access.bits(register, 0)) + ";");
        if (changesGuest(model)) {
            statements.add(words.field(status, 0) + " |= set;");
        }
        hardware(model).ifPresent(scope -> statements.add("hardware.wrmsr(address, " + (scope == Scope.ALL ? "set" : "set & " + counters.inRegister("owned", register)) + ");"));
        return statements;
    }

    private List<String> word(RegisterModel register, int index, AccessModel model, long forbidden) {
        if (!access.isStored(access.target(register)) || access.isIgnoring(register)) {
            return List.of();
        }
        List<String> statements = new ArrayList<>();
        String field = words.field(register, index);
        if (changesGuest(model)) {
            statements.add(field + " = " + next(register, index, model, forbidden) + ";");
        }
        hardware(model).ifPresent(scope -> {
            String owned = counters.inRegister("owned", register);
            statements.add("hardware.wrmsr(address, " + (scope == Scope.ALL ? field
                    : "hardware.rdmsr(address) & ~" + owned + " | " + field + " & " + owned) + ");");
        });
        return statements;
    }

    /* ------------------------------------------------------------- RDPMC */

    /** Whether the guest's RDPMC is checked. */
    public boolean isRdpmcChecked() {
        return policy.rdpmc() != RdpmcTreatment.UNCHECKED;
    }

    /** RDPMC's cases. */
    public List<String> rdpmc() {
        return new HardwareRdpmc(cpu, names, (register, index, ecx) -> {
            AccessModel model = words.access(register);
            if (model.treatment() == Treatment.INTERCEPT && model.read().isEmpty() || words.isHidden(register)) {
                return "";
            }
            return value(register, index, model, "hardware.rdpmc(" + (isRdpmcChecked() ? Literals.hexInt(ecx) : "ecx") + ")");
        }).cases();
    }

    /* ------------------------------------------------------------- what does not leave guest mode */

    /** What has to be said of accesses that do not leave guest mode, a statement each. */
    public List<String> passes() {
        List<String> statements = new ArrayList<>();
        for (RegisterModel register : cpu.registers()) {
            if (words.access(register).treatment() == Treatment.PASS) {
                for (int index : HardwareAccess.elements(register)) {
                    String pass = "msrs.pass(" + HardwareAccess.address(register, index) + ", true, true);";
                    statements.add(access.isWithoutSmtOnly(register, index) ? "if (!smt) { " + pass + " }" : pass);
                }
            }
        }
        if (policy.rdpmc() == RdpmcTreatment.PASSED) {
            statements.add("msrs.exitOnRdpmc(false);");
        }
        return statements;
    }
}
