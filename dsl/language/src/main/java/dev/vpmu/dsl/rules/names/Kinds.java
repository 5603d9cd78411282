package dev.vpmu.dsl.rules.names;

import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.Extra;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.Policy;
import dev.vpmu.dsl.pmu.Register;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.util.SimpleAttributeResolver;

/** What messages call the things that files declare. */
final class Kinds {

    private Kinds() {
    }

    /** {@code layout 'Select'}, or the first word of what has no name. */
    static String of(EObject element) {
        String name = SimpleAttributeResolver.NAME_RESOLVER.apply(element);
        return name == null || kind(element).isEmpty() ? "'" + firstWord(element) + "'" : kind(element) + " '" + name + "'";
    }

    private static String kind(EObject element) {
        if (element instanceof Pmu pmu) {
            return pmu.isCpu() ? "cpu" : "pmu";
        }
        return element instanceof Bank ? "bank"
                : element instanceof Layout ? "layout"
                : element instanceof EventTable ? "event table"
                : element instanceof Policy ? "policy"
                : element instanceof Capability ? "capability"
                : element instanceof Register ? "register"
                : element instanceof Extra ? "extra"
                : element instanceof Field ? "field"
                : element instanceof Event ? "event" : "";
    }

    private static String firstWord(EObject element) {
        ICompositeNode node = NodeModelUtils.findActualNodeFor(element);
        String text = node == null ? "" : NodeModelUtils.getTokenText(node);
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }
}
