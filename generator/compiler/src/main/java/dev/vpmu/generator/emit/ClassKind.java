package dev.vpmu.generator.emit;

import java.util.Locale;

/** What a generated class holds, and how its name ends. */
public enum ClassKind {
    /** The class that carries the element's own name. */
    DOOR(""),
    LAYOUTS("Layouts"),
    EVENTS("Events"),
    HARDWARE("Hardware"),
    HOST_PERF("HostPerf"),
    VPMU("Vpmu"),
    COSTS("Costs");

    private final String suffix;

    ClassKind(String suffix) {
        this.suffix = suffix;
    }

    public String suffix() {
        return suffix;
    }

    /** Ignoring case, because two files may not differ in case alone. */
    static boolean endsWithOne(String identifier) {
        String folded = identifier.toLowerCase(Locale.ROOT);
        for (ClassKind kind : values()) {
            if (kind != DOOR && folded.endsWith(kind.suffix.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
