package dev.vpmu.eclipse.tests;

import static dev.vpmu.eclipse.tests.Workbench.await;
import static dev.vpmu.eclipse.tests.Workbench.colour;
import static dev.vpmu.eclipse.tests.Workbench.covered;
import static dev.vpmu.eclipse.tests.Workbench.file;
import static dev.vpmu.eclipse.tests.Workbench.markers;
import static dev.vpmu.eclipse.tests.Workbench.open;
import static dev.vpmu.eclipse.tests.Workbench.theme;
import static dev.vpmu.eclipse.tests.Workbench.viewer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.eclipse.editor.PmuContentAssist;
import dev.vpmu.eclipse.editor.PmuHover;
import dev.vpmu.eclipse.editor.PmuReconciler;
import dev.vpmu.eclipse.editor.ProblemMarkers;
import java.util.Arrays;
import java.util.List;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Region;
import org.eclipse.ui.texteditor.ITextEditor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class PmuEditorTest {
    private static final String BANKS = """
            package demo.arch

            /** General-purpose counters. */
            bank gp     index 0   rdpmc 0x0000  from "SDM vol. 3, 20.2.1"
            bank fixed  index 32  rdpmc 0x4000
            """;

    private static final String CPU = """
            package demo

            import demo.arch.*

            // the word below is a name, not a keyword
            layout EventSelect from "SDM vol. 3" {
                event  [7:0]    is event code
                umask  [15:8]   is unit mask
                usr    [16]     is user mode
                os     [17]     is kernel mode
                int    [20]     is interrupt enable
                enable [22]     is enable
            }

            /** A part that others extend. */
            pmu Small {
                counters gp [0..3] width 48 bits
                msr IA32_PERFEVTSEL[gp] 0x186 is selector EventSelect
                msr IA32_PMC[gp]        0x0C1 is value write truncates
            }
            """;

    private IProject project;

    @BeforeEach
    void aProject(TestInfo test) throws Exception {
        project = Workbench.project(test.getTestMethod().orElseThrow().getName());
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        Workbench.page().closeAllEditors(false);
        Job.getJobManager().cancel(PmuReconciler.class);
        await("the checks of closed editors", () -> Job.getJobManager().find(PmuReconciler.class).length == 0);
        for (IProject each : project.getWorkspace().getRoot().getProjects()) {
            each.delete(true, true, null);
        }
    }

    @Test
    void aPmuFileOpensInTheGenericEditor() throws Exception {
        ITextEditor editor = open(file(project, "arch.pmu", BANKS));

        assertEquals("org.eclipse.ui.genericeditor.GenericEditor", editor.getSite().getId());
    }

    @Test
    void aMistakeIsMarkedWhereItIs() throws Exception {
        file(project, "arch.pmu", BANKS);
        String text = CPU.replace("PMC[gp]", "PMC[gq]");
        IFile file = file(project, "cpu.pmu", text);

        open(file);

        await("a marker", () -> !markers(file).isEmpty());
        assertEquals(1, markers(file).size(), () -> "one mistake, one marker");
        IMarker marker = markers(file).get(0);
        assertEquals("gq", covered(marker, text));
        assertEquals(19, marker.getAttribute(IMarker.LINE_NUMBER, 0));
        assertEquals(IMarker.SEVERITY_ERROR, marker.getAttribute(IMarker.SEVERITY, -1));
        assertTrue(marker.getAttribute(IMarker.MESSAGE, "").contains("gq"), () -> marker.getAttribute(IMarker.MESSAGE, ""));
        assertFalse(marker.getAttribute(ProblemMarkers.RULE, "").isEmpty());
    }

    @Test
    void theMarkGoesAwayWhenTheMistakeIsFixedInTheEditor() throws Exception {
        file(project, "arch.pmu", BANKS);
        String text = CPU.replace("counters gp", "counters gq");
        IFile file = file(project, "cpu.pmu", text);
        ITextViewer viewer = viewer(open(file));
        await("a marker", () -> !markers(file).isEmpty());

        viewer.getDocument().replace(text.indexOf("gq"), 2, "gp");

        await("no marker", () -> markers(file).isEmpty());
    }

    @Test
    void aMarkOfTextThatWasNeverSavedGoesAwayWithTheEditor() throws Exception {
        IFile file = file(project, "arch.pmu", BANKS);
        ITextEditor editor = open(file);
        viewer(editor).getDocument().replace(BANKS.indexOf("bank gp"), 4, "bnk");
        await("a marker", () -> !markers(file).isEmpty());

        Workbench.page().closeEditor(editor, false);

        await("no marker", () -> markers(file).isEmpty());
    }

    @Test
    void anUnsavedNameIsSeenByTheOtherEditorsOfTheProject() throws Exception {
        IFile arch = file(project, "arch.pmu", BANKS.replace("bank gp", "bank general"));
        IFile cpu = file(project, "cpu.pmu", CPU);
        open(cpu);
        await("a marker for each reference", () -> markers(cpu).size() == 3);
        IDocument document = viewer(open(arch)).getDocument();

        document.replace(document.get().indexOf("general "), 7, "gp");

        await("no marker", () -> markers(cpu).isEmpty());
    }

    @Test
    void aFileThatAppearsInTheProjectIsSeenAtOnce() throws Exception {
        IFile cpu = file(project, "cpu.pmu", CPU);
        open(cpu);
        await("a marker for each reference", () -> markers(cpu).size() >= 3);

        file(project, "arch.pmu", BANKS);

        await("no marker", () -> markers(cpu).isEmpty());
    }

    @Test
    void aReferencedProjectIsSeen() throws Exception {
        IProject library = Workbench.project("library");
        file(library, "arch.pmu", BANKS);
        IFile cpu = file(project, "cpu.pmu", CPU);
        open(cpu);
        await("a marker for each reference", () -> markers(cpu).size() >= 3);

        IProjectDescription description = project.getDescription();
        description.setReferencedProjects(new IProject[] {library});
        project.setDescription(description, IWorkspace.AVOID_UPDATE, null);

        await("no marker", () -> markers(cpu).isEmpty());
    }

    @Test
    void aWordIsColouredByItsPlaceAndNotByItsLetters() throws Exception {
        file(project, "arch.pmu", BANKS);
        ITextViewer viewer = viewer(open(file(project, "cpu.pmu", CPU)));
        int name = CPU.indexOf("enable [22]");
        int role = CPU.indexOf("enable\n");
        int keyword = CPU.indexOf("layout");

        await("the parser's colours", () -> theme("definition").equals(colour(viewer, name)));
        assertEquals(theme("role"), colour(viewer, role));
        assertEquals(theme("keyword"), colour(viewer, keyword));
        assertEquals(theme("reference"), colour(viewer, CPU.indexOf("gp]")));
        assertNotEquals(theme("keyword"), theme("definition"));
    }

    @Test
    void theSameWordIsAKeywordAndAName() throws Exception {
        String text = "package demo\n\nbank bank index 0\nbank index\n";
        ITextViewer viewer = viewer(open(file(project, "words.pmu", text)));

        await("the parser's colours", () -> theme("definition").equals(colour(viewer, text.indexOf("bank index 0"))));
        assertEquals(theme("keyword"), colour(viewer, text.indexOf("bank bank")));
        assertEquals(theme("keyword"), colour(viewer, text.indexOf("index 0")));
        assertEquals(theme("definition"), colour(viewer, text.lastIndexOf("index")));
    }

    @Test
    void commentsNumbersAndStringsHaveColours() throws Exception {
        ITextViewer viewer = viewer(open(file(project, "arch.pmu", BANKS + "// done\n")));

        await("the parser's colours", () -> theme("documentation").equals(colour(viewer, BANKS.indexOf("/**"))));
        assertEquals(theme("comment"), colour(viewer, BANKS.length()));
        assertEquals(theme("number"), colour(viewer, BANKS.indexOf("0x4000")));
        assertEquals(theme("string"), colour(viewer, BANKS.indexOf("\"SDM")));
    }

    @Test
    void anOpenedCommentColoursWhatFollowsUntilItIsClosed() throws Exception {
        ITextViewer viewer = viewer(open(file(project, "arch.pmu", BANKS)));
        await("the parser's colours", () -> theme("documentation").equals(colour(viewer, BANKS.indexOf("/**"))));

        viewer.getDocument().replace(0, 0, "/* ");
        await("the first element inside the comment", () -> theme("comment").equals(colour(viewer, 5)));
        viewer.getDocument().replace(0, 3, "");

        await("the keyword again", () -> theme("keyword").equals(colour(viewer, 0)));
    }

    @Test
    void contentAssistProposesNamesFromAnotherFile() throws Exception {
        file(project, "arch.pmu", BANKS);
        ITextViewer viewer = viewer(open(file(project, "cpu.pmu", CPU)));

        var proposals = new PmuContentAssist().computeCompletionProposals(viewer, CPU.indexOf("gp [0..3]"));

        List<String> shown = Arrays.stream(proposals).map(proposal -> proposal.getDisplayString()).toList();
        assertTrue(shown.stream().anyMatch(text -> text.startsWith("fixed")), shown::toString);
        assertTrue(shown.stream().anyMatch(text -> text.startsWith("gp")), shown::toString);
    }

    @Test
    void theHoverOfAReferenceShowsTheDocumentationOfItsTarget() throws Exception {
        file(project, "arch.pmu", BANKS);
        ITextViewer viewer = viewer(open(file(project, "cpu.pmu", CPU)));

        String shown = new PmuHover().getHoverInfo(viewer, new Region(CPU.indexOf("gp]"), 2));

        assertEquals("General-purpose counters.", shown == null ? null : shown.strip());
    }

    @Test
    void aMarkedFileLooksRightOnTheScreen() throws Exception {
        Workbench.showProjectAndProblems();
        file(project, "arch.pmu", BANKS);
        String text = CPU.replace("PMC[gp]", "PMC[gq]");
        IFile file = file(project, "cpu.pmu", text);
        ITextViewer viewer = viewer(open(file));
        await("a marker", () -> !markers(file).isEmpty());
        await("the parser's colours", () -> theme("definition").equals(colour(viewer, CPU.indexOf("enable [22]"))));
        Workbench.expandProject(project);
        await("the Problems view", () -> Workbench.problemsShown() > 0);

        Workbench.shoot("editor");

        assertEquals(theme("definition"), colour(viewer, CPU.indexOf("Small")));
    }
}
