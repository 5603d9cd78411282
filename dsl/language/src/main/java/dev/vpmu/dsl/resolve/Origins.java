package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Origin;
import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.Sourced;
import java.util.List;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.util.SimpleAttributeResolver;

/** Where elements are from: their place, their sources, and their documentation comment. */
public final class Origins {

    private Origins() {
    }

    /** The origin of an element or of a statement in one. */
    public static Origin of(EObject element) {
        Element owner = EcoreUtil2.getContainerOfType(element, Element.class);
        String declaredIn = owner == null ? "" : SimpleAttributeResolver.NAME_RESOLVER.apply(owner);
        return new Origin(declaredIn == null ? "" : declaredIn, Places.ofName(element), sources(element), assumed(element), documentation(element));
    }

    /** What the element's own {@code from} names, or the nearest one around it. */
    private static List<String> sources(EObject element) {
        for (EObject next = element; next != null; next = next.eContainer()) {
            if (next instanceof Sourced sourced && !sourced.getSources().isEmpty()) {
                return sourced.getSources();
            }
        }
        return List.of();
    }

    private static boolean assumed(EObject element) {
        for (EObject next = element; next != null; next = next.eContainer()) {
            if (next instanceof Sourced sourced && (sourced.isAssumed() || !sourced.getSources().isEmpty())) {
                return sourced.isAssumed();
            }
        }
        return false;
    }

    /** The text of the comment that opens with two stars before the element, without comment signs; empty if there is none. */
    public static String documentation(EObject element) {
        ICompositeNode node = NodeModelUtils.getNode(element);
        if (node == null) {
            return "";
        }
        String comment = "";
        for (ILeafNode leaf : node.getLeafNodes()) {
            if (!leaf.isHidden()) {
                break;
            }
            if (leaf.getText().startsWith("/**") && !leaf.getText().equals("/**/")) {
                comment = leaf.getText();
            }
        }
        return comment.isEmpty() ? "" : plain(comment);
    }

    private static String plain(String comment) {
        return comment.substring(3, comment.length() - 2).lines().map(line -> line.strip().replaceFirst("^\\* ?", "").stripTrailing())
                .reduce((a, b) -> a + "\n" + b).orElse("").strip();
    }
}
