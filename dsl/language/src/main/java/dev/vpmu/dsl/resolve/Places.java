package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.PmuFile;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.util.LineAndColumn;

/** Where elements of the syntax tree stand in their files. */
public final class Places {

    private Places() {
    }

    /** The whole element, without the comments before it. */
    public static Place of(EObject element) {
        ICompositeNode node = NodeModelUtils.findActualNodeFor(element);
        return node == null ? startOf(element.eResource()) : of(element.eResource(), node);
    }

    /** The first value of one of the element's features, or the whole element where the feature is not written. */
    public static Place of(EObject element, EStructuralFeature feature) {
        return of(element, feature, 0);
    }

    /** The value number {@code index} of a feature, or the whole element where it is not written. */
    public static Place of(EObject element, EStructuralFeature feature, int index) {
        var nodes = NodeModelUtils.findNodesForFeature(element, feature);
        return index < nodes.size() ? of(element.eResource(), nodes.get(index)) : of(element);
    }

    /** Whether the feature stands in the text; an enumeration's first literal and an absent one are otherwise the same. */
    public static boolean isWritten(EObject element, EStructuralFeature feature) {
        return !NodeModelUtils.findNodesForFeature(element, feature).isEmpty();
    }

    /** What is written for a feature, whether it could be resolved or not; empty where nothing is. */
    public static String text(EObject element, EStructuralFeature feature) {
        return NodeModelUtils.findNodesForFeature(element, feature).stream().map(NodeModelUtils::getTokenText).findFirst().orElse("");
    }

    /** The element's name where it has one; otherwise the whole element. */
    public static Place ofName(EObject element) {
        EStructuralFeature name = element.eClass().getEStructuralFeature("name");
        return name == null ? of(element) : of(element, name);
    }

    /** The element's name where it has one; otherwise the first word of the element. */
    public static Place ofNameOrFirstWord(EObject element) {
        EStructuralFeature name = element.eClass().getEStructuralFeature("name");
        if (name != null) {
            return of(element, name);
        }
        ICompositeNode node = NodeModelUtils.findActualNodeFor(element);
        if (node != null) {
            for (ILeafNode leaf : node.getLeafNodes()) {
                if (!leaf.isHidden()) {
                    return of(element.eResource(), leaf);
                }
            }
        }
        return of(element);
    }

    /** The stretch of a node without the white space and comments around it. */
    public static Place of(Resource resource, INode node) {
        INode root = node.getRootNode();
        int offset = node.getOffset();
        int end = offset + node.getLength();
        LineAndColumn start = NodeModelUtils.getLineAndColumn(root, offset);
        LineAndColumn stop = NodeModelUtils.getLineAndColumn(root, end);
        return new Place(fileName(resource), start.getLine(), start.getColumn(), stop.getLine(), stop.getColumn(), offset, end - offset);
    }

    /** The first character of a file: where what has no place of its own is reported. */
    public static Place startOf(Resource resource) {
        return new Place(fileName(resource), 1, 1, 1, 1, 0, 0);
    }

    /**
     * The name of a file under its source folder, made of its package and its own name, so that it is the same wherever the
     * folder lies.
     */
    public static String fileName(Resource resource) {
        String own = resource.getURI().lastSegment();
        if (!resource.getContents().isEmpty() && resource.getContents().get(0) instanceof PmuFile file
                && file.getName() != null && !file.getName().isEmpty()) {
            return file.getName().replace('.', '/') + "/" + own;
        }
        return own;
    }
}
