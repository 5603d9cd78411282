package dev.vpmu.dsl.syntax;

import org.eclipse.xtext.conversion.IValueConverter;
import org.eclipse.xtext.conversion.ValueConverter;
import org.eclipse.xtext.conversion.ValueConverterException;
import org.eclipse.xtext.conversion.ValueConverterWithValueException;
import org.eclipse.xtext.conversion.impl.AbstractDeclarativeValueConverterService;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;

import com.google.inject.Singleton;
import java.util.Locale;

/** Turns the text of numbers, strings and names into values and back. */
@Singleton
public class PmuValueConverters extends AbstractDeclarativeValueConverterService {

    /** Unsigned numbers up to 64 bits; those above the signed range are negative. */
    @ValueConverter(rule = "NUMBER")
    public IValueConverter<Long> number() {
        return new IValueConverter<>() {
            @Override
            public Long toValue(String string, INode node) {
                try {
                    return NumberLiteral.read(string);
                } catch (NumberLiteral.FormatProblem problem) {
                    throw new ValueConverterWithValueException(problem.getMessage(), node, null, problem.offset(), problem.length(), null);
                }
            }

            @Override
            public String toString(Long value) {
                return NumberLiteral.write(value);
            }
        };
    }

    /** Quoted texts. Wrong escapes are mistakes that the scanner has reported already, wherever the text stands. */
    @ValueConverter(rule = "STRING")
    public IValueConverter<String> string() {
        return new IValueConverter<>() {
            @Override
            public String toValue(String string, INode node) {
                return TextLiteral.read(string);
            }

            @Override
            public String toString(String value) {
                return TextLiteral.write(value);
            }
        };
    }

    /** A name of one word; every word of the language is one. */
    @ValueConverter(rule = "Name")
    public IValueConverter<String> name() {
        return new NameConverter("[A-Za-z_][A-Za-z0-9_]*");
    }

    /** Words joined by dots. */
    @ValueConverter(rule = "QualifiedName")
    public IValueConverter<String> qualifiedName() {
        return new NameConverter("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
    }

    /** A number with or without a fraction, as it is written but for how its digits are grouped. */
    @ValueConverter(rule = "Decimal")
    public IValueConverter<String> decimal() {
        return new NameConverter("[0-9]+(\\.[0-9]+)?") {
            @Override
            public String toValue(String string, INode node) {
                return super.toValue(string, node).replace("_", "").toLowerCase(Locale.ROOT);
            }
        };
    }

    /** A package, or everything in it. */
    @ValueConverter(rule = "ImportedName")
    public IValueConverter<String> importedName() {
        return new NameConverter("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*(\\.\\*)?");
    }

    /** A vendor's event name: dotted, or quoted where it has other characters. */
    @ValueConverter(rule = "EventName")
    public IValueConverter<String> eventName() {
        return new NameConverter("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*") {
            @Override
            public String toValue(String string, INode node) {
                String name = super.toValue(string, node);
                if (name == null || !name.startsWith("\""))
                    return name;
                String value = TextLiteral.read(name);
                if (value.isBlank())
                    throw new ValueConverterWithValueException("the name of an event is not empty", node, null, 0, name.length(), null);
                return value;
            }

            @Override
            public String toString(String value) {
                if (value == null || value.isBlank())
                    throw new ValueConverterException("the name of an event is not empty", null, null);
                return isWritable(value) ? value : TextLiteral.write(value);
            }
        };
    }

    /** The text of a node without white space and comments. */
    static String visibleText(INode node) {
        StringBuilder text = new StringBuilder();
        for (ILeafNode leaf : node.getLeafNodes())
            if (!leaf.isHidden())
                text.append(leaf.getText());
        return text.toString();
    }

    /** White space inside a name is reported by the parser; here it is left out, so that the name still means what it says. */
    private static class NameConverter implements IValueConverter<String> {
        private final String form;

        NameConverter(String form) {
            this.form = form;
        }

        @Override
        public String toValue(String string, INode node) {
            return node == null ? string : visibleText(node);
        }

        boolean isWritable(String value) {
            return value.matches(form);
        }

        @Override
        public String toString(String value) {
            if (value == null || !isWritable(value))
                throw new ValueConverterException(Shown.quoted(String.valueOf(value)) + " cannot be written as a name", null, null);
            return value;
        }
    }
}
