package dev.vpmu.dsl.scoping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.xtext.resource.IEObjectDescription;

/** Finds the name that somebody probably meant. */
public final class NearestName {

    private NearestName() {
    }

    /**
     * The candidate nearest to {@code name}, if it is near enough to be worth offering.
     *
     * @param simple whether only a name without a package can be written
     */
    public static Optional<String> of(String name, boolean simple, Iterable<IEObjectDescription> candidates) {
        List<String> texts = new ArrayList<>();
        candidates.forEach(candidate -> texts.add(simple ? candidate.getName().getLastSegment() : candidate.getName().toString()));
        return to(name, texts);
    }

    /** The candidate nearest to {@code name}, if it is near enough to be worth offering. */
    public static Optional<String> to(String name, Iterable<String> candidates) {
        String best = null;
        // of names of one or two letters every other would be near
        int bestDistance = name.length() < 3 ? 1 : Math.max(1, name.length() / 3) + 1;
        for (String text : candidates) {
            int distance = distance(name.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT), bestDistance + 1);
            if (distance < bestDistance || distance == bestDistance && best != null && text.compareTo(best) < 0) {
                best = text;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Letters to insert, delete, replace or swap, to make one text of the other; at least {@code limit} where it is not less. */
    static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[b.length()];
    }
}
