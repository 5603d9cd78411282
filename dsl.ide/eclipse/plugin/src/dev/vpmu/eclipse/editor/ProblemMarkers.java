package dev.vpmu.eclipse.editor;

import dev.vpmu.eclipse.PmuPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.IWorkspaceRunnable;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.xtext.validation.Issue;

/** The problems of a file, as markers. */
public final class ProblemMarkers {
    /** Type of all markers that the plug-in sets. */
    public static final String TYPE = PmuPlugin.ID + ".problem";
    /** Attribute with the id of the rule that was broken. */
    public static final String RULE = PmuPlugin.ID + ".rule";

    private record Problem(String message, int severity, int line, int start, int end, String rule) {

        static Problem of(Issue issue) {
            int severity = switch (issue.getSeverity()) {
                case ERROR -> IMarker.SEVERITY_ERROR;
                case WARNING -> IMarker.SEVERITY_WARNING;
                case INFO, IGNORE -> IMarker.SEVERITY_INFO;
            };
            int start = issue.getOffset() == null ? 0 : issue.getOffset();
            int length = issue.getLength() == null ? 0 : issue.getLength();
            int line = issue.getLineNumber() == null ? 1 : issue.getLineNumber();
            return new Problem(issue.getMessage(), severity, line, start, start + length, issue.getCode() == null ? "" : issue.getCode());
        }

        static Problem of(IMarker marker) {
            return new Problem(marker.getAttribute(IMarker.MESSAGE, ""), marker.getAttribute(IMarker.SEVERITY, -1),
                    marker.getAttribute(IMarker.LINE_NUMBER, -1), marker.getAttribute(IMarker.CHAR_START, -1),
                    marker.getAttribute(IMarker.CHAR_END, -1), marker.getAttribute(RULE, ""));
        }

        Map<String, Object> attributes() {
            return Map.of(IMarker.MESSAGE, message, IMarker.SEVERITY, severity, IMarker.LINE_NUMBER, line, IMarker.LOCATION, "line " + line,
                    IMarker.CHAR_START, start, IMarker.CHAR_END, end, RULE, rule);
        }
    }

    /** Makes the markers of the file say what the issues say; a marker that is right already is left alone. */
    static void update(IFile file, List<Issue> issues) throws CoreException {
        IWorkspace workspace = file.getWorkspace();
        IWorkspaceRunnable update = monitor -> {
            if (!file.exists()) {
                return;
            }
            List<Problem> missing = new ArrayList<>(issues.stream().map(Problem::of).toList());
            for (IMarker marker : file.findMarkers(TYPE, false, IResource.DEPTH_ZERO)) {
                if (!missing.remove(Problem.of(marker))) {
                    marker.delete();
                }
            }
            for (Problem problem : missing) {
                file.createMarker(TYPE, problem.attributes());
            }
        };
        workspace.run(update, workspace.getRuleFactory().markerRule(file), IWorkspace.AVOID_UPDATE, null);
    }

    private ProblemMarkers() {
    }
}
