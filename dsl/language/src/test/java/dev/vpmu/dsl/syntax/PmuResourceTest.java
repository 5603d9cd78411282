package dev.vpmu.dsl.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.syntax.PmuResource.MistakeDiagnostic;

class PmuResourceTest {

    private static PmuResource load(String text) throws IOException {
        PmuResource resource = (PmuResource) Source.INJECTOR.getInstance(XtextResourceSet.class).createResource(URI.createURI("dummy:/a.pmu"));
        resource.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
        return resource;
    }

    @Test
    void aMistakeIsADiagnosticWithItsIdAndPlace() throws IOException {
        PmuResource resource = load("package a\n\nlayout L {\n    a [0x1G]\n    b [2\n}\n");
        assertEquals(2, resource.getErrors().size());
        MistakeDiagnostic number = (MistakeDiagnostic) resource.getErrors().get(0);
        assertEquals(List.of("PMU0004", 32, 1, 4, 11, 4, 12), List.of(number.getCode(), number.getOffset(), number.getLength(), number.getLine(),
            number.getColumn(), number.getLineEnd(), number.getColumnEnd()));
        MistakeDiagnostic bracket = (MistakeDiagnostic) resource.getErrors().get(1);
        assertEquals(List.of("PMU0000", 5, 8), List.of(bracket.getCode(), bracket.getLine(), bracket.getColumn()));
    }

    @Test
    void aRowTakenOutIsAskedOfTheResource() throws IOException {
        assertEquals(List.of("flag", "is"), load("package a\nlayout L {\n    flag [0] is\n}\n").blanked().get(0).words());
    }

    @ParameterizedTest
    @ValueSource(strings = { "2", "0", "18446744073709551615", "99999999999999999999999999", "0x10" })
    void aLanguageThatThisToolDoesNotKnowIsRefusedWithOneMessage(String version) throws IOException {
        PmuResource resource = load("// new\nlanguage " + version + "\npackage a\nlayout § {{{ 0x1G \"\nwonder of the future");
        assertTrue(resource.languageRefused());
        assertEquals(1, resource.getErrors().size());
        MistakeDiagnostic refusal = (MistakeDiagnostic) resource.getErrors().get(0);
        assertEquals("PMU0008", refusal.getCode());
        assertEquals("the file is written in version '" + version + "' of the language; this tool understands version 1", refusal.getMessage());
        assertEquals(List.of(2, 10, version.length()), List.of(refusal.getLine(), refusal.getColumn(), refusal.getLength()));
        assertEquals(List.of(), resource.getContents());
    }

    @ParameterizedTest
    @ValueSource(strings = { "language 1\npackage a", "\uFEFFlanguage 0x1\npackage a", "package language\nbank language index 2" })
    void theLanguageOfThisToolIsAccepted(String text) throws IOException {
        PmuResource resource = load(text);
        assertFalse(resource.languageRefused());
        assertEquals(List.of(), resource.getErrors());
    }

    @Test
    void anEditIsReadAgainstTheTextAsItWasWritten() throws IOException {
        String text = "package a\nlayout L {\n    a [0\n    b [1]\n}\n";
        PmuResource resource = load(text);
        resource.update(text.indexOf("[0") + 2, 0, "]");
        assertEquals(List.of(), resource.getErrors());
        assertEquals(text.replace("[0", "[0]"), resource.getParseResult().getRootNode().getText());
        resource.update(0, 7, "");
        assertEquals(1, resource.getErrors().size());
        resource.reparse("package b");
        assertEquals("b", ((PmuFile) resource.getContents().get(0)).getName());
        assertEquals(List.of(), resource.getErrors());
    }
}
