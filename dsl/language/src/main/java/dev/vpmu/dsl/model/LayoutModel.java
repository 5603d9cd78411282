package dev.vpmu.dsl.model;

import java.util.List;
import java.util.Optional;

/**
 * The bits of a register, as they are on this CPU.
 *
 * @param name its name
 * @param width its width in bits
 * @param reserved what writes to reserved bits do
 * @param fields its fields, ancestors' first; an array's field stands here once, with its {@link FieldModel#array() array}
 * @param definedMask every bit that some field has, for all counters in any state of SMT
 * @param withoutSmtMask those of them that belong to counters which exist only with SMT off
 */
public record LayoutModel(String name, int width, ReservedBits reserved, List<FieldModel> fields, long definedMask, long withoutSmtMask,
        Origin origin) {

    public LayoutModel {
        fields = List.copyOf(fields);
    }

    /** The field of that name, outside arrays first. */
    public Optional<FieldModel> field(String fieldName) {
        return fields.stream().filter(field -> field.name().equals(fieldName))
                .min((a, b) -> Boolean.compare(a.array().isPresent(), b.array().isPresent()));
    }

    /** The fields that hold the role, or slices of it, by the lowest bit of the role that they hold. */
    public List<FieldModel> fields(FieldRole role) {
        return fields.stream().filter(field -> field.role() == role)
                .sorted((a, b) -> Integer.compare(a.roleLow(), b.roleLow())).toList();
    }
}
