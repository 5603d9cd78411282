package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.ArrayList;
import java.util.List;

/** A register that reports what is in use, as the template prints it. */
public final class UsageView {

    private final RegisterModel register;
    private final HardwareAccess access;
    private final HardwareCounting counting;
    private final LayoutModel layout;

    UsageView(RegisterModel register, HardwareAccess access, HardwareCounting counting) {
        this.register = register;
        this.access = access;
        this.counting = counting;
        this.layout = counting.cpu().layout(register.layout().orElseThrow()).orElseThrow();
    }

    public String name() {
        return register.name();
    }

    public String method() {
        return counting.names().method("usage", register.name());
    }

    /** What is stored of it beside what is computed. */
    public String stored() {
        long computed = layout.fields().stream().filter(field -> field.role() == FieldRole.IN_USE || field.role() == FieldRole.ANY_INTERRUPT)
                .mapToLong(UsageView::everywhere).reduce(0, (a, b) -> a | b);
        return access.stored().contains(register) ? counting.names().field(register, 0) + " & ~" + Literals.hex(computed) : "0";
    }

    private static long everywhere(FieldModel field) {
        return field.array().map(array -> array.indexes().stream().mapToLong(field::maskOf).reduce(0, (a, b) -> a | b)).orElse(field.maskOf(0));
    }

    /** What sets bits: a condition and the bits. */
    public List<SpecialCase> parts() {
        List<SpecialCase> parts = new ArrayList<>();
        for (CounterView counter : counting.counters()) {
            long bits = counter.usedBits(register);
            if (bits != 0) {
                parts.add(new SpecialCase(counter.used(), Literals.hex(bits)));
            }
        }
        long any = layout.fields(FieldRole.ANY_INTERRUPT).stream().mapToLong(field -> field.maskOf(0)).reduce(0, (a, b) -> a | b);
        if (any != 0) {
            parts.add(new SpecialCase(anyInterrupt(), Literals.hex(any)));
        }
        return parts;
    }

    private String anyInterrupt() {
        List<String> reasons = new ArrayList<>(List.of("asking() != 0"));
        access.stored().stream().filter(other -> other.role() == RegisterRole.PRECISE_ENABLE).forEach(other ->
                HardwareAccess.elements(other).forEach(index -> reasons.add(counting.names().field(other, index) + " != 0")));
        return String.join(" || ", reasons);
    }
}
