package dev.vpmu.dsl.rules.names;

import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Policy;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.SetRule;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import dev.vpmu.dsl.scoping.PolicyChain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.emf.ecore.EReference;

/** A chain of {@code extends} comes round to where it began. Reported once for each circle, in the first of the files. */
public final class ExtendsItself implements SetRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0006", Severity.ERROR, "Nothing extends itself, neither directly nor through others.");
    }

    @Override
    public void check(List<PmuFile> files, List<FlatPmu> pmus, Findings findings) {
        Set<Set<Element>> seen = new LinkedHashSet<>();
        List<Element> elements = new ArrayList<>();
        files.forEach(file -> elements.addAll(file.getElements()));
        elements.removeIf(element -> !(element instanceof Pmu || element instanceof Layout || element instanceof Policy) || parent(element) == null);
        elements.sort(Comparator.comparing(Places::of));
        for (Element element : elements) {
            List<? extends Element> chain = chain(element);
            boolean round = parent(chain.get(chain.size() - 1)) == element;
            if (round && seen.add(Set.copyOf(chain))) {
                boolean alone = chain.size() == 1;
                findings.report(Places.of(element, feature(element)), Kinds.of(element) + " extends itself" + around(chain)
                        + (alone ? "; name another, or take 'extends' away" : "; one of them must extend something else"),
                        alone ? null : Places.ofName(chain.get(1)));
            }
        }
    }

    private static String around(List<? extends Element> chain) {
        return chain.size() == 1 ? ""
                : chain.stream().skip(1).map(Kinds::of).collect(Collectors.joining(", which extends ", ", for it extends ", ""));
    }

    private static List<? extends Element> chain(Element element) {
        return element instanceof Pmu pmu ? PmuChain.of(pmu)
                : element instanceof Policy policy ? PolicyChain.of(policy) : PmuChain.of((Layout) element);
    }

    private static EReference feature(Element element) {
        return element instanceof Pmu ? PmuPackage.eINSTANCE.getPmu_Parent()
                : element instanceof Policy ? PmuPackage.eINSTANCE.getPolicy_Parent() : PmuPackage.eINSTANCE.getLayout_Parent();
    }

    private static Element parent(Element element) {
        return element instanceof Pmu pmu ? pmu.getParent()
                : element instanceof Policy policy ? policy.getParent() : ((Layout) element).getParent();
    }
}
