package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.pmu.FieldSetting;
import java.util.Collection;

/** Places event codes, unit masks and settings in the words of a pmu's selectors. */
public final class Selectors {

    private Selectors() {
    }

    /** An event code and a unit mask in their places. */
    public static long eventBits(FlatLayout selector, int code, int umask) {
        return selector.place(FieldRole.EVENT_CODE, code) | selector.place(FieldRole.UNIT_MASK, umask);
    }

    /** The places of the event code and the unit mask. */
    public static long eventMask(FlatLayout selector) {
        return selector.placeMask(FieldRole.EVENT_CODE) | selector.placeMask(FieldRole.UNIT_MASK);
    }

    /** Settings in their places; a setting without a number is 1. {@code index} is the counter's, for fields in arrays. */
    public static long settings(FlatLayout layout, Collection<FieldSetting> settings, boolean inArrays, int index) {
        long word = 0;
        for (FieldSetting setting : settings) {
            FlatField field = field(layout, setting, inArrays);
            if (field != null) {
                long value = setting.getValue() == null ? 1 : setting.getValue();
                word |= (value & Bits.mask(0, field.width())) << field.lowOf(index);
            }
        }
        return word;
    }

    /** Whether the layout has a field for each of the settings that takes its value. */
    static boolean fit(FlatLayout layout, Collection<FieldSetting> settings, boolean inArrays) {
        for (FieldSetting setting : settings) {
            FlatField field = field(layout, setting, inArrays);
            if (field == null || setting.getValue() != null && !Bits.fits(setting.getValue(), field.width())) {
                return false;
            }
        }
        return true;
    }

    /** The bits of the fields that are set, in their places. */
    public static long settingsMask(FlatLayout layout, Collection<FieldSetting> settings) {
        long mask = 0;
        for (FieldSetting setting : settings) {
            FlatField field = field(layout, setting, false);
            mask |= field == null ? 0 : field.maskOf(0);
        }
        return mask;
    }

    /** The field of that name in the layout as it is here; {@code null} if it does not exist here. */
    public static FlatField field(FlatLayout layout, FieldSetting setting, boolean inArrays) {
        if (setting.getField() == null || setting.getField().getName() == null) {
            return null;
        }
        return layout.field(setting.getField().getName(), inArrays);
    }
}
