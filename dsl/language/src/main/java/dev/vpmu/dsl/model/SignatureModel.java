package dev.vpmu.dsl.model;

import java.util.List;

/**
 * Which machines a CPU is, as CPUID leaf 1 says it.
 *
 * @param vendor the vendor string, {@code GenuineIntel}
 * @param family the displayed family
 * @param models the displayed model numbers
 * @param steppings the steppings; empty for all
 */
public record SignatureModel(String vendor, int family, List<IntRange> models, List<IntRange> steppings, Origin origin) {

    public SignatureModel {
        models = List.copyOf(models);
        steppings = List.copyOf(steppings);
    }
}
