package dev.vpmu.dsl.check;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.xtext.diagnostics.AbstractDiagnostic;
import org.eclipse.xtext.resource.XtextResource;

/** Checks loaded files: what the parser and the linker say, then the rules. The compiler and the editors both end here. */
@Singleton
public class FileChecker {

    @Inject
    private RuleRunner rules;

    /** Everything there is to say about the files, by place. */
    public List<Finding> check(List<XtextResource> resources) {
        List<Finding> findings = new ArrayList<>();
        Set<Element> broken = new LinkedHashSet<>();
        for (XtextResource resource : resources) {
            for (Resource.Diagnostic error : resource.getErrors()) {
                if (error instanceof AbstractDiagnostic diagnostic) {
                    Place place = place(resource, diagnostic);
                    findings.add(new Finding(id(diagnostic), Severity.ERROR, place, diagnostic.getMessage(), Optional.empty()));
                    elementAt(file(resource), place.offset()).ifPresent(broken::add);
                } else {
                    findings.add(new Finding("PMU0000", Severity.ERROR, Places.startOf(resource), error.getMessage(), Optional.empty()));
                }
            }
        }
        List<PmuFile> files = resources.stream().map(FileChecker::file).filter(Objects::nonNull).toList();
        findings.addAll(rules.run(files, broken, findings.isEmpty()));
        return findings.stream().distinct().sorted().toList();
    }

    /**
     * What there is to say about one file of several. What its pmus bring out in the file of an ancestor is shown at their own
     * name, unless that file says it by itself.
     */
    public List<Finding> checkOne(XtextResource resource) {
        PmuFile file = file(resource);
        String name = Places.fileName(resource);
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : check(List.of(resource))) {
            if (finding.place().file().equals(name)) {
                findings.add(finding);
            } else if (file != null && finding.severity() != Severity.INFORMATION && !saidByItself(resource, finding)) {
                file.getElements().stream().filter(Pmu.class::isInstance).findFirst().ifPresent(pmu -> findings.add(new Finding(finding.id(),
                        finding.severity(), Places.ofName(pmu), finding.message(), Optional.of(finding.place()))));
            }
        }
        return findings.stream().distinct().sorted().toList();
    }

    private boolean saidByItself(XtextResource resource, Finding finding) {
        return resource.getResourceSet() != null && List.copyOf(resource.getResourceSet().getResources()).stream()
                .filter(other -> other != resource && other instanceof XtextResource && Places.fileName(other).equals(finding.place().file()))
                .flatMap(other -> check(List.of((XtextResource) other)).stream())
                .anyMatch(other -> other.id().equals(finding.id()) && other.place().equals(finding.place()));
    }

    /** The file's content; {@code null} where there is none. */
    static PmuFile file(XtextResource resource) {
        return resource.getContents().isEmpty() ? null : (PmuFile) resource.getContents().get(0);
    }

    private static String id(AbstractDiagnostic diagnostic) {
        String code = diagnostic.getCode();
        return code != null && code.startsWith("PMU") ? code : "PMU0000";
    }

    private static Place place(XtextResource resource, AbstractDiagnostic diagnostic) {
        return new Place(Places.fileName(resource), diagnostic.getLine(), diagnostic.getColumn(), diagnostic.getLineEnd(), diagnostic.getColumnEnd(),
                diagnostic.getOffset(), diagnostic.getLength());
    }

    private static Optional<Element> elementAt(PmuFile file, int offset) {
        if (file == null) {
            return Optional.empty();
        }
        return file.getElements().stream().filter(element -> {
            Place place = Places.of(element);
            return place.offset() <= offset && offset <= place.offset() + place.length();
        }).findFirst();
    }
}
