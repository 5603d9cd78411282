package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CostModel;
import dev.vpmu.dsl.model.CostStepModel;
import dev.vpmu.generator.emit.JavaEscapes;
import dev.vpmu.generator.emit.JavaNames;
import java.util.stream.Collectors;

/** What the template of a table of costs prints. */
public final class CostsView {

    private final CostModel model;
    private final String className;

    CostsView(CostModel model, String className) {
        this.model = model;
        this.className = className;
    }

    public String javaPackage() {
        return JavaNames.toPackage(model.packageName());
    }

    public String className() {
        return className;
    }

    String path() {
        return javaPackage().replace('.', '/') + "/" + className + ".java";
    }

    String origin() {
        return model.origin().place().toString();
    }

    public String header() {
        return Header.of(model.origin());
    }

    public String name() {
        return JavaEscapes.literal(model.name());
    }

    public String cpu() {
        return JavaEscapes.literal(model.cpu());
    }

    public boolean isFitted() {
        return model.fitted();
    }

    public long hertz() {
        return model.clockHertz().orElse(0);
    }

    /** The prices, one line each. */
    public String prices() {
        return model.steps().stream().map(CostsView::price).collect(Collectors.joining(",\n"));
    }

    private static String price(CostStepModel step) {
        String sources = step.origin().sources().stream().map(JavaEscapes::literal).collect(Collectors.joining(", "));
        return "new Price(" + JavaEscapes.literal(step.step()) + ", " + JavaEscapes.literal(step.policy().orElse("")) + ", " + step.low().toPlainString() + "d, "
                + step.high().toPlainString() + "d, Price.Unit." + step.unit().name() + ", List.of(" + sources + "), " + step.origin().assumed() + ")";
    }

    public String comment() {
        return new Comment().documentation(model.origin(), "What the steps of a " + JavaEscapes.javadocText(model.cpu()) + " cost.").origin(model.origin()).toString();
    }
}
