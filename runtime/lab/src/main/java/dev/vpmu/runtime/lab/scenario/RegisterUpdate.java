package dev.vpmu.runtime.lab.scenario;

import java.util.Arrays;
import java.util.Locale;

/** An update of one register, by a guest whose perf samples an event. */
public enum RegisterUpdate {
    /** The selector of a counter that counts, to another event. */
    CONTROL_WRITE,
    /** The control of a fixed counter that counts, to another ring. */
    CONTROL_WRITE_FIXED,
    /** The value of a counter that counts. */
    COUNTER_WRITE,
    /** All counters off, and on again: two writes. */
    GLOBAL_TOGGLE;

    /** Its name, as scenarios have it: {@code control-write}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * One of them, by its name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static RegisterUpdate named(String text) {
        return Arrays.stream(values()).filter(update -> update.text().equals(text)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "no update is called '" + text + "'; there are " + Arrays.stream(values()).map(RegisterUpdate::text).toList()));
    }

    boolean isOfFixed() {
        return this == CONTROL_WRITE_FIXED;
    }

    /** Does it. */
    void make(UpdatingGuest guest) {
        switch (this) {
            case CONTROL_WRITE, CONTROL_WRITE_FIXED -> guest.change();
            case COUNTER_WRITE -> guest.restart();
            case GLOBAL_TOGGLE -> {
                guest.stopAll();
                guest.startAll();
            }
        }
    }
}
