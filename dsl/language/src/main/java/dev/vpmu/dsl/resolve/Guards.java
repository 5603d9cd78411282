package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.Guarded;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.emf.ecore.EObject;

/** What can be said of {@code when} and {@code unless} before the capabilities are known. */
public final class Guards {

    private Guards() {
    }

    /** Whether nothing is asked. */
    public static boolean isOpen(EObject element) {
        return !(element instanceof Guarded guarded) || guarded.getRequired().isEmpty() && guarded.getExcluded().isEmpty();
    }

    /** Whether no CPU can have both elements: one asks for what the other forbids. */
    public static boolean excludeEachOther(EObject a, EObject b) {
        return forbids(a, b) || forbids(b, a) || forbids(a, a) || forbids(b, b);
    }

    /** Whether a CPU that has one of the elements surely has both: one asks for nothing, or both ask for the same. */
    public static boolean surelyTogether(EObject a, EObject b) {
        return !excludeEachOther(a, b)
                && (isOpen(a) || isOpen(b) || required(a).equals(required(b)) && excluded(a).equals(excluded(b)));
    }

    /** Whether every CPU that has {@code element} has {@code other} too: {@code other} asks for nothing more. */
    public static boolean implies(EObject element, EObject other) {
        return required(element).containsAll(required(other)) && excluded(element).containsAll(excluded(other));
    }

    /** The element's guard as the language writes it, {@code when rtm unless any_thread_deprecated}; empty where nothing is asked. */
    public static String text(EObject element) {
        if (!(element instanceof Guarded guarded)) {
            return "";
        }
        String when = guarded.getRequired().stream().map(Capability::getName).filter(Objects::nonNull).collect(Collectors.joining(" and "));
        String unless = guarded.getExcluded().stream().map(Capability::getName).filter(Objects::nonNull).collect(Collectors.joining(" or "));
        return ((when.isEmpty() ? "" : "when " + when) + (unless.isEmpty() ? "" : " unless " + unless)).strip();
    }

    private static boolean forbids(EObject one, EObject other) {
        return required(one).stream().anyMatch(excluded(other)::contains);
    }

    private static Set<Capability> required(EObject element) {
        return element instanceof Guarded guarded ? new HashSet<>(guarded.getRequired()) : Set.of();
    }

    private static Set<Capability> excluded(EObject element) {
        return element instanceof Guarded guarded ? new HashSet<>(guarded.getExcluded()) : Set.of();
    }
}
