package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.ReservedBits;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.FieldArray;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.LayoutMember;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A layout with what it inherits, on one CPU or, where nothing is decided yet, on any. */
public final class FlatLayout {

    private static final int DEFAULT_WIDTH = 64;

    private final Layout layout;
    private final List<FlatField> fields = new ArrayList<>();
    private final Map<FieldRole, List<FlatField>> byRole = new EnumMap<>(FieldRole.class);
    private final Map<String, FlatField> singleFields = new HashMap<>();
    private final Map<String, FlatField> arrayFields = new HashMap<>();
    private int width = DEFAULT_WIDTH;
    private ReservedBits reserved = ReservedBits.FAULT;
    private boolean whole;

    /**
     * @param layout the layout
     * @param exists decides which guarded fields there are
     */
    public FlatLayout(Layout layout, Predicate<Field> exists) {
        this.layout = layout;
        this.whole = PmuChain.isWhole(layout);
        List<Layout> ancestorsFirst = new ArrayList<>(PmuChain.of(layout));
        Collections.reverse(ancestorsFirst);
        for (Layout part : ancestorsFirst) {
            whole &= UnreadText.isNotIn(part);
            width = Numbers.intOf(part.getWidth(), width);
            if (Places.isWritten(part, PmuPackage.eINSTANCE.getLayout_Reserved())) {
                reserved = ReservedBits.valueOf(part.getReserved().name());
            }
            for (LayoutMember member : part.getMembers()) {
                if (member instanceof Field field) {
                    add(new FlatField(field, null), part, exists);
                } else if (member instanceof FieldArray array) {
                    array.getFields().forEach(field -> add(new FlatField(field, array), part, exists));
                }
            }
        }
        fields.forEach(field -> (field.array() == null ? singleFields : arrayFields).putIfAbsent(field.name(), field));
    }

    private void add(FlatField added, Layout part, Predicate<Field> exists) {
        if (added.name() == null) {
            return;
        }
        fields.removeIf(field -> added.replaces(field) && field.layout() != part);
        if (!added.isRead()) {
            whole = false;
        } else if (!added.field().isReserved() && exists.test(added.field())) {
            fields.add(added);
        }
    }

    public Layout layout() {
        return layout;
    }

    /** Whether it has every field that its files declare: no ancestor is missing, and all of them could be read. */
    public boolean isWhole() {
        return whole;
    }

    /** The register's width in bits. */
    public int width() {
        return width;
    }

    public ReservedBits reserved() {
        return reserved;
    }

    /** The fields, ancestors' first, without those of which a number was mistyped. */
    public List<FlatField> fields() {
        return Collections.unmodifiableList(fields);
    }

    /** The fields outside arrays that hold the role or slices of it, lowest slice first. */
    public List<FlatField> fields(FieldRole role) {
        return byRole.computeIfAbsent(role, wanted -> fields.stream().filter(field -> field.array() == null && field.role() == wanted)
                .sorted(Comparator.comparingInt(FlatField::roleLow)).toList());
    }

    /** The field of that name in arrays, or outside them; {@code null} if there is none. */
    FlatField field(String name, boolean inArrays) {
        return (inArrays ? arrayFields : singleFields).get(name);
    }

    /** The number of bits that the fields outside arrays give the role; 0 if there is no such field. */
    public int roleWidth(FieldRole role) {
        return fields(role).stream().mapToInt(field -> field.roleLow() + field.width()).max().orElse(0);
    }

    /** A value of the role in its places; bits for which there is no field are lost. */
    public long place(FieldRole role, long value) {
        long word = 0;
        for (FlatField field : fields(role)) {
            word |= (value >>> field.roleLow() & Bits.mask(0, field.width())) << field.low();
        }
        return word;
    }

    /** The bits that hold the role. */
    public long placeMask(FieldRole role) {
        return place(role, -1L);
    }
}
