package dev.vpmu.dsl.model;

import java.util.List;

/**
 * Where an element of the model is from.
 *
 * @param declaredIn the element whose body declares it: the pmu, layout or table's name; of an inherited statement, the ancestor's
 * @param place the declaration
 * @param sources what the {@code from} clause names, in order; that of the enclosing element where the declaration has none
 * @param assumed whether nobody has checked it yet
 * @param documentation the text of the documentation comment, without comment signs; empty if there is none
 */
public record Origin(String declaredIn, Place place, List<String> sources, boolean assumed, String documentation) {

    public Origin {
        sources = List.copyOf(sources);
    }
}
