package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.BitRange;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.Storage;
import dev.vpmu.generator.emit.ClassKind;
import dev.vpmu.generator.emit.JavaEscapes;
import dev.vpmu.generator.emit.JavaNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the template of the layouts prints. */
public final class LayoutsView {

    private final CpuNames names;

    LayoutsView(CpuNames names) {
        this.names = names;
    }

    public String javaPackage() {
        return names.javaPackage();
    }

    public String className() {
        return names.layouts();
    }

    public String header() {
        return Header.of(names.cpu().origin());
    }

    public String comment() {
        return new Comment().line("The bits of " + JavaEscapes.javadocText(names.cpu().name()) + "'s registers: a class for each layout, and for each field its place and its accessors.")
                .line("An array's field takes the index of the counter; setters cut off the bits of a value that the field does not have.")
                .origin(names.cpu().origin()).toString();
    }

    /** The layouts, in the order of the model. */
    public List<LayoutView> layouts() {
        Map<String, String> classes = JavaNames.toClasses(names.cpu().layouts().stream().map(LayoutModel::name).toList(), ClassKind.DOOR);
        return names.cpu().layouts().stream().map(layout -> new LayoutView(layout, inner(classes.get(layout.name())))).toList();
    }

    /** An inner class may not have the name of the class around it. */
    private String inner(String name) {
        return name.equalsIgnoreCase(names.layouts()) ? name + "$" : name;
    }

    /** One layout. */
    public static final class LayoutView {

        private final LayoutModel layout;
        private final String className;

        LayoutView(LayoutModel layout, String className) {
            this.layout = layout;
            this.className = className;
        }

        public String className() {
            return className;
        }

        public String comment() {
            return new Comment().documentation(layout.origin(), "Layout {@code " + JavaEscapes.javadocText(layout.name()) + "}.")
                    .origin(layout.origin()).toString();
        }

        public String definedMask() {
            return Literals.hex(layout.definedMask());
        }

        /** The fields, in the order of the model. */
        public List<FieldView> fields() {
            Map<String, Integer> seen = new LinkedHashMap<>();
            List<FieldView> fields = new ArrayList<>();
            for (FieldModel field : layout.fields()) {
                String path = field.array().map(array -> array.bank() + ".").orElse("") + field.name();
                int before = seen.merge(path, 1, Integer::sum) - 1;
                fields.add(new FieldView(field, before == 0 ? path : path + "@" + before));
            }
            return fields;
        }
    }

    /** One field. */
    public static final class FieldView {

        private final FieldModel field;
        private final String path;

        FieldView(FieldModel field, String path) {
            this.field = field;
            this.path = path;
        }

        /** The name of the accessors. */
        public String method() {
            return JavaNames.toMethod(path);
        }

        /** The name of the constants, before the underscore and what they are. */
        public String constant() {
            boolean small = path.chars().noneMatch(Character::isUpperCase);
            return small ? JavaNames.toJava(path).toUpperCase(Locale.ROOT) : JavaNames.toJava(path) + "$";
        }

        public boolean isArray() {
            return field.array().isPresent();
        }

        public boolean isBit() {
            return field.width() == 1;
        }

        public int shift() {
            return field.lowOf(0);
        }

        public int stride() {
            return field.array().orElseThrow().stride();
        }

        /** The mask in place; of an array that of counter 0. */
        public String mask() {
            return Literals.hex(field.maskOf(0));
        }

        /** The mask at bit 0. */
        public String valueMask() {
            return Literals.hex(Bits.mask(0, field.width()));
        }

        /** How far counter {@code index}'s bits are from bit 0, as a Java expression. */
        public String shiftExpression() {
            if (!isArray()) {
                return constant() + "_SHIFT";
            }
            return stride() == 1 ? "(" + constant() + "_SHIFT + index)" : "(" + constant() + "_SHIFT + index * " + stride() + ")";
        }

        public String comment() {
            return new Comment().line(sentence()).origin(field.origin()).toString();
        }

        /** Bits, what they mean, and which counters have them. */
        private String sentence() {
            int low = field.low() + field.array().map(array -> array.offset()).orElse(0);
            String bits = bits(new BitRange(low, low + field.width() - 1)) + field.array().map(array -> " and every "
                    + (array.stride() == 1 ? "bit" : array.stride() + " bits") + " on, one for each counter of {@code " + JavaEscapes.javadocText(array.bank())
                    + "} (" + IndexText.of(array.indexes()) + ")").orElse("");
            String role = field.role() == FieldRole.NONE ? "plain storage" : field.role().text();
            String slice = field.roleLow() == 0 ? "" : " from bit " + field.roleLow() + " of it on";
            String ignored = field.storage() == Storage.IGNORED ? "stored without effect" : role + slice;
            return "{@code " + JavaEscapes.javadocText(field.name()) + "}, bits " + bits + ": " + ignored + ".";
        }

        private static String bits(BitRange range) {
            return range.width() == 1 ? "[" + range.low() + "]" : "[" + range.high() + ":" + range.low() + "]";
        }
    }
}
