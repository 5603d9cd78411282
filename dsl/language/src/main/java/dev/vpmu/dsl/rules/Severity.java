package dev.vpmu.dsl.rules;

/** How much a finding matters. */
public enum Severity {
    /** Nothing is generated while it stands. */
    ERROR,
    /** Probably a mistake; generation goes on. */
    WARNING,
    /** Worth knowing. */
    INFORMATION;

    /** As reports print it: {@code error}. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
