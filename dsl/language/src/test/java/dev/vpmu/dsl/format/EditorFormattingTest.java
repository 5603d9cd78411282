package dev.vpmu.dsl.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.formatting2.FormatterRequest;
import org.eclipse.xtext.formatting2.IFormatter2;
import org.eclipse.xtext.formatting2.regionaccess.ITextRegionAccess;
import org.eclipse.xtext.formatting2.regionaccess.ITextReplacement;
import org.eclipse.xtext.formatting2.regionaccess.TextRegionAccessBuilder;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.TextRegion;
import org.junit.jupiter.api.Test;

/** Formatting as the language server and Eclipse ask for it. */
class EditorFormattingTest {

    private static final String TEXT = "package a\n\nimport not.there.*\n\nbank gp index 0\n\nlayout L extends Unknown {\na[0]\nbb[1]\n}\n";

    @Test
    void aWholeDocumentIsFormatted() throws IOException {
        assertEquals(Formatters.FORMATTER.format(TEXT), edited(TEXT, List.of()));
    }

    @Test
    void onlyTheChosenRegionIsFormatted() throws IOException {
        assertEquals(TEXT.replace("bank gp index", "bank gp  index"), edited(TEXT, List.of(new TextRegion(TEXT.indexOf("bank"), 15))));
    }

    @Test
    void aDocumentWithAMistakeStays() throws IOException {
        String broken = TEXT.replace("extends", "extend");
        assertEquals(broken, edited(broken, List.of()));
    }

    private static String edited(String text, List<TextRegion> regions) throws IOException {
        XtextResource resource = (XtextResource) Formatters.INJECTOR.getInstance(XtextResourceSet.class).createResource(URI.createURI("synthetic:/a.pmu"));
        resource.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Map.of());
        ITextRegionAccess access = Formatters.INJECTOR.getInstance(TextRegionAccessBuilder.class).forNodeModel(resource).create();
        FormatterRequest request = new FormatterRequest().setTextRegionAccess(access);
        regions.forEach(request::addRegion);
        List<ITextReplacement> edits = Formatters.INJECTOR.getInstance(IFormatter2.class).format(request);
        return access.getRewriter().renderToString(edits);
    }
}
