package dev.vpmu.dsl.check;

import com.google.inject.Inject;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import dev.vpmu.dsl.PmuStandalone;
import dev.vpmu.dsl.model.PmuModel;
import dev.vpmu.dsl.pmu.CostTable;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.resolve.CostResolver;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.ModelResolver;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.resource.IResourceDescription;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.resource.impl.ResourceDescriptionsData;
import org.eclipse.xtext.util.LazyStringInputStream;

/** Reads, links and checks files outside an editor, and hands out their model. */
@Singleton
public class PmuChecker {

    @Inject
    private Provider<XtextResourceSet> resourceSets;
    @Inject
    private IResourceDescription.Manager descriptions;
    @Inject
    private FileChecker fileChecker;

    /** A checker for programs that do not run in Eclipse; registers the language with EMF on the first call. */
    public static PmuChecker standalone() {
        return PmuStandalone.get(PmuChecker.class);
    }

    /** Checks files that need no others. */
    public CheckResult check(List<Source> sources) {
        return check(sources, List.of());
    }

    /**
     * Checks files.
     *
     * @param sources the files; their cpus make the model
     * @param library files that they may refer to; not checked themselves
     */
    public CheckResult check(List<Source> sources, List<Source> library) {
        XtextResourceSet set = resourceSets.get();
        List<XtextResource> own = load(set, sources);
        List<XtextResource> all = new ArrayList<>(own);
        all.addAll(load(set, library));
        index(set, all);
        Set<Finding> findings = new TreeSet<>(fileChecker.check(own));
        boolean failed = findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
        return new CheckResult(List.copyOf(findings), failed ? Optional.empty() : Optional.of(model(own)), sourceNames(all, sources, library));
    }

    private static Map<String, String> sourceNames(List<XtextResource> resources, List<Source> sources, List<Source> library) {
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < resources.size(); i++) {
            Source source = i < sources.size() ? sources.get(i) : library.get(i - sources.size());
            names.putIfAbsent(Places.fileName(resources.get(i)), source.name());
        }
        return names;
    }

    private static List<XtextResource> load(XtextResourceSet set, List<Source> sources) {
        List<XtextResource> loaded = new ArrayList<>();
        for (Source source : sources) {
            XtextResource resource = (XtextResource) set.createResource(uri(source.name()));
            try {
                resource.load(new LazyStringInputStream(source.text(), "UTF-8"), set.getLoadOptions());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            loaded.add(resource);
        }
        return loaded;
    }

    private static URI uri(String name) {
        URI uri = URI.createURI(name);
        return uri.isRelative() || uri.scheme().length() == 1 ? URI.createFileURI(name) : uri;
    }

    /** Without an index of its own every look-up of a name would walk through all files. */
    private void index(XtextResourceSet set, List<XtextResource> resources) {
        List<IResourceDescription> all = resources.stream().map(descriptions::getResourceDescription).toList();
        ResourceDescriptionsData.ResourceSetAdapter.installResourceDescriptionsData(set, new ResourceDescriptionsData(all));
        resources.forEach(EcoreUtil::resolveAll);
    }

    private static PmuModel model(List<XtextResource> resources) {
        List<PmuFile> files = resources.stream().map(FileChecker::file).filter(Objects::nonNull).toList();
        return new PmuModel(elements(files, dev.vpmu.dsl.pmu.Pmu.class).filter(dev.vpmu.dsl.pmu.Pmu::isCpu).map(FlatPmu::new).map(ModelResolver::resolve).toList(),
                elements(files, CostTable.class).map(CostResolver::resolve).toList());
    }

    private static <T> Stream<T> elements(List<PmuFile> files, Class<T> type) {
        return files.stream().flatMap(file -> file.getElements().stream()).filter(type::isInstance).map(type::cast);
    }
}
