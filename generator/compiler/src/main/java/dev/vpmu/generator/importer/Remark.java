package dev.vpmu.generator.importer;

/**
 * Something in a vendor's file that did not get into the {@code .pmu} text as it stood, or that looks wrong.
 *
 * @param event the event it is about, or empty if it is about the whole file
 * @param field the vendor's field
 * @param text  what was found and what was done with it
 */
public record Remark(Kind kind, String event, String field, String text) {

    public enum Kind {
        /** A field or value that this importer does not know: nothing of it is in the output. */
        NOT_UNDERSTOOD,
        /** A field that has no place in a {@code .pmu} file; one remark a file, with the number of events. */
        LEFT_OUT,
        /** Two fields that contradict each other, or an option that matches nothing. */
        DOUBTFUL
    }

    @Override
    public String toString() {
        return kind + " " + (event.isEmpty() ? "" : event + ", ") + field + ": " + text;
    }
}
