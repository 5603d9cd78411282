package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.syntax.PmuResource;
import java.util.Collection;
import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EcorePackage;

/** What the syntax tree lacks because its text has mistakes. */
public final class UnreadText {

    private UnreadText() {
    }

    /** Whether all text of the element is in the syntax tree. */
    public static boolean isNotIn(EObject element) {
        if (!(element.eResource() instanceof PmuResource file) || file.blanked().isEmpty()) {
            return true;
        }
        Place place = Places.of(element);
        return file.blanked().stream().noneMatch(region -> region.touches(place.offset(), place.length()));
    }

    /** Whether every number that is written in the element itself could be read. */
    public static boolean hasItsNumbers(EObject element) {
        for (EAttribute attribute : element.eClass().getEAllAttributes()) {
            if (attribute.getEAttributeType() == EcorePackage.Literals.ELONG_OBJECT && !attribute.isMany()
                    && element.eGet(attribute) == null && Places.isWritten(element, attribute)) {
                return false;
            }
        }
        return true;
    }

    /** Whether text of the element that could not be read has the name in it, together with one of the words. */
    public static boolean contains(EObject element, String name, Collection<String> words) {
        if (!(element.eResource() instanceof PmuResource file) || file.blanked().isEmpty()) {
            return false;
        }
        Place place = Places.of(element);
        return file.blanked().stream().anyMatch(region -> region.touches(place.offset(), place.length())
                && region.words().contains(name) && words.stream().anyMatch(region.words()::contains));
    }
}
