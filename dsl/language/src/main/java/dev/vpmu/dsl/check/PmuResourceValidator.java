package dev.vpmu.dsl.check;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import dev.vpmu.dsl.rules.Finding;
import java.util.List;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.service.OperationCanceledManager;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.validation.CheckMode;
import org.eclipse.xtext.validation.IResourceValidator;
import org.eclipse.xtext.validation.Issue;

/** Hands what {@link FileChecker} finds in one file to editors, which show it in their own way. */
@Singleton
public class PmuResourceValidator implements IResourceValidator {

    @Inject
    private FileChecker checker;
    @Inject
    private OperationCanceledManager cancellation;

    @Override
    public List<Issue> validate(Resource resource, CheckMode mode, CancelIndicator cancelled) {
        if (!(resource instanceof XtextResource file)) {
            return List.of();
        }
        EcoreUtil.resolveAll(file);
        cancellation.checkCanceled(cancelled);
        return checker.checkOne(file).stream().map(finding -> issue(file, finding)).toList();
    }

    private static Issue issue(XtextResource file, Finding finding) {
        Issue.IssueImpl issue = new Issue.IssueImpl();
        issue.setCode(finding.id());
        issue.setSeverity(switch (finding.severity()) {
            case ERROR -> Severity.ERROR;
            case WARNING -> Severity.WARNING;
            case INFORMATION -> Severity.INFO;
        });
        issue.setMessage(finding.message() + finding.other().map(other -> " (see " + other + ")").orElse(""));
        issue.setUriToProblem(file.getURI());
        issue.setOffset(finding.place().offset());
        issue.setLength(finding.place().length());
        issue.setLineNumber(finding.place().line());
        issue.setColumn(finding.place().column());
        issue.setLineNumberEnd(finding.place().endLine());
        issue.setColumnEnd(finding.place().endColumn());
        return issue;
    }
}
