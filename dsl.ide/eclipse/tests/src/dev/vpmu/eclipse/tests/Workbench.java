package dev.vpmu.eclipse.tests;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.navigator.CommonNavigator;
import org.eclipse.ui.texteditor.ITextEditor;

/** The running workbench, as the tests use it; all methods are called in the UI thread. */
final class Workbench {
    private static final long PATIENCE_SECONDS = 30;
    private static final int LOOK_AGAIN_MILLIS = 20;

    static IWorkbenchPage page() {
        return PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
    }

    /** Lets the workbench live until the condition holds; the test fails if that takes too long. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        Display display = Display.getCurrent();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                fail("Not within " + PATIENCE_SECONDS + " s: " + what);
            }
            if (!display.readAndDispatch()) {
                // an empty event, so that sleep returns and the condition is looked at again
                display.timerExec(LOOK_AGAIN_MILLIS, () -> { });
                display.sleep();
            }
        }
    }

    /** A new, empty project. */
    static IProject project(String name) throws CoreException {
        IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject(name);
        project.create(null);
        project.open(null);
        return project;
    }

    static IFile file(IProject project, String name, String text) throws CoreException {
        IFile file = project.getFile(name);
        var content = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        if (file.exists()) {
            file.setContents(content, true, false, null);
        } else {
            file.create(content, true, null);
        }
        return file;
    }

    /** Opens the file as a double click on it would. */
    static ITextEditor open(IFile file) throws CoreException {
        return (ITextEditor) IDE.openEditor(page(), file);
    }

    static ITextViewer viewer(ITextEditor editor) {
        return editor.getAdapter(ITextViewer.class);
    }

    static List<IMarker> markers(IFile file) throws CoreException {
        return Arrays.asList(file.findMarkers(IMarker.PROBLEM, true, IResource.DEPTH_ZERO));
    }

    /** The text on the screen that a marker covers. */
    static String covered(IMarker marker, String text) {
        return text.substring(marker.getAttribute(IMarker.CHAR_START, 0), marker.getAttribute(IMarker.CHAR_END, 0));
    }

    /** Colour that the character is painted in, or null where it has the editor's own. */
    static RGB colour(ITextViewer viewer, int offset) {
        StyleRange style = viewer.getTextWidget().getStyleRangeAtOffset(offset);
        return style == null || style.foreground == null ? null : style.foreground.getRGB();
    }

    /** A colour of the current theme. */
    static RGB theme(String style) {
        return PlatformUI.getWorkbench().getThemeManager().getCurrentTheme().getColorRegistry().getRGB("dev.vpmu.eclipse." + style);
    }

    /** Rows of the Problems view, groups included. */
    static int problemsShown() {
        Tree tree = firstTree(PlatformUI.getWorkbench().getActiveWorkbenchWindow().getShell(), "Description");
        return tree == null ? 0 : tree.getItemCount();
    }

    private static Tree firstTree(Control control, String firstColumn) {
        if (control instanceof Tree tree && tree.getColumnCount() > 0 && tree.getColumn(0).getText().equals(firstColumn)) {
            return tree;
        }
        if (control instanceof Composite composite) {
            for (Control child : composite.getChildren()) {
                Tree found = firstTree(child, firstColumn);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    static void expandProject(IProject project) {
        if (page().findView("org.eclipse.ui.navigator.ProjectExplorer") instanceof CommonNavigator explorer) {
            explorer.getCommonViewer().expandToLevel(project, 1);
        }
    }

    static void showProjectAndProblems() throws CoreException {
        // there is no window manager that could maximize
        PlatformUI.getWorkbench().getActiveWorkbenchWindow().getShell().setBounds(Display.getCurrent().getBounds());
        for (IViewReference view : page().getViewReferences()) {
            if (view.getId().contains("intro") || view.getId().contains("Outline") || view.getId().contains("minimap")) {
                page().hideView(view);
            }
        }
        page().showView("org.eclipse.ui.navigator.ProjectExplorer");
        page().showView("org.eclipse.ui.views.ProblemView");
    }

    /** A picture of the whole screen, pop-ups included, where ImageMagick is there to take it. */
    static void shoot(String name) throws Exception {
        Path shots = Path.of(System.getProperty("vpmu.shots"));
        Files.createDirectories(shots);
        try {
            Process shot = new ProcessBuilder("import", "-window", "root", shots.resolve(name + ".png").toString()).inheritIO().start();
            await("ImageMagick's picture of the screen", () -> !shot.isAlive());
        } catch (IOException e) {
            System.out.println("No picture " + name + ".png: ImageMagick is missing");
        }
    }

    private Workbench() {
    }
}
