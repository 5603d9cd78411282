package dev.vpmu.generator.hardware.naive;

/**
 * A CPU twice: as a {@code .pmu} text for the compiler, and as a sketch for {@link NaivePmu}.
 *
 * @param packageName the text's package
 * @param name the cpu's name
 */
public record DescribedCpu(String packageName, String name, String text, CpuSketch sketch) {

    /** Where the text belongs in a folder of models. */
    public String path() {
        return packageName.replace('.', '/') + "/" + name + ".pmu";
    }

    /** The class that the compiler makes of the cpu. */
    public String className() {
        return packageName + "." + name;
    }
}
