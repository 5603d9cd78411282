package dev.vpmu.dsl.model;

/** How an event is asked for. */
public sealed interface EventEncoding {

    /**
     * In a selector, on any counter that can hold it.
     *
     * @param code the event code
     * @param umask the unit mask
     * @param selector both in their places in the selector, with the modifiers; without enables and modes
     */
    record Programmable(int code, int umask, long selector) implements EventEncoding {
    }

    /**
     * By a counter that counts nothing else.
     *
     * @param globalIndex the counter
     * @param control the modifiers, in their places in the control register; without enables and modes
     */
    record Fixed(int globalIndex, long control) implements EventEncoding {
    }

    /**
     * By a field of a metrics register.
     *
     * @param register the register
     * @param low the field's lowest bit
     * @param width the field's width
     */
    record Metric(String register, int low, int width) implements EventEncoding {
    }
}
