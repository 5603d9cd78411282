package dev.vpmu.dsl.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.eclipse.xtext.conversion.IValueConverterService;
import org.eclipse.xtext.conversion.ValueConverterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PmuValueConvertersTest {

    private final IValueConverterService converters = Source.INJECTOR.getInstance(IValueConverterService.class);

    @ParameterizedTest
    @ValueSource(strings = { "", "a b", "quote \" backslash \\ tab \t line \n", "\u202E bidi", "\u0000\u001B", "\uD83D\uDE00", "*/ ${x} \\u002a" })
    void aStringReadsBackAsItWasWritten(String value) {
        String literal = converters.toString(value, "STRING");
        assertEquals(value, converters.toValue(literal, "STRING", null));
        assertEquals(value, Source.of("package a\nbank b from " + literal).file().getElements().get(0) instanceof dev.vpmu.dsl.pmu.Bank bank ? bank.getSources().get(0) : null);
    }

    @ParameterizedTest
    @ValueSource(strings = { "A", "INST_RETIRED.ANY", "FP_ARITH_INST_RETIRED.128B_PACKED_DOUBLE", "OFFCORE_RESPONSE:request=A:response=B", "é", "128B", "A.", "layout.x" })
    void anEventNameReadsBackAsItWasWritten(String name) {
        String written = converters.toString(name, "EventName");
        Source source = Source.of("package a\nevents T for P { " + written + " = 1:2 }");
        assertEquals(java.util.List.of(), source.messages());
        assertEquals(name, ((dev.vpmu.dsl.pmu.EventTable) source.file().getElements().get(0)).getEvents().get(0).getName());
    }

    @Test
    void whatIsNoNameIsNotWritten() {
        assertThrows(ValueConverterException.class, () -> converters.toString("a b", "Name"));
        assertThrows(ValueConverterException.class, () -> converters.toString("a..b", "QualifiedName"));
        assertThrows(ValueConverterException.class, () -> converters.toString("a.*.b", "ImportedName"));
        assertThrows(ValueConverterException.class, () -> converters.toString("", "EventName"));
        assertEquals("a.b.*", converters.toString("a.b.*", "ImportedName"));
    }
}
