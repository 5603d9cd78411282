package dev.vpmu.dsl.rules.policies.leaks;

/** A piece of PMU state that moves as one: what the guest believes, what its copy in memory holds, and what the hardware holds. */
final class Cell {

    private static final int BITS = 3;

    /** {@link Content#ZERO} or {@link Content#GUEST}: what the guest would find on hardware of its own. */
    private Content truth = Content.ZERO;
    private Content memory = Content.ZERO;
    private Content hardware = Content.HOST;
    private Cause memoryBy;
    private boolean saved;
    private boolean behind;
    private Cause hardwareBy;

    Cell copy() {
        Cell copy = new Cell();
        copy.truth = truth;
        copy.memory = memory;
        copy.hardware = hardware;
        copy.memoryBy = memoryBy;
        copy.saved = saved;
        copy.behind = behind;
        copy.hardwareBy = hardwareBy;
        return copy;
    }

    Content truth() {
        return truth;
    }

    Content memory() {
        return memory;
    }

    Content hardware() {
        return hardware;
    }

    /** What wrote the copy in memory last. */
    Cause memoryBy() {
        return memoryBy;
    }

    /** What wrote the hardware last; {@code null} if it was the host. */
    Cause hardwareBy() {
        return hardwareBy;
    }

    /** The guest's bit is set or cleared. */
    void turn(Content next) {
        if (next != truth) {
            become(next);
        }
    }

    /** The guest's state changes: what was a copy of it is one no more. */
    void become(Content next) {
        truth = next;
        memory = aged(memory);
        hardware = aged(hardware);
    }

    void remember(Content content, Cause by) {
        memory = content;
        memoryBy = by;
        saved = false;
        behind = true;
    }

    /** The copy is what the hardware has. */
    void save(Cause by) {
        remember(hardware, by);
        saved = true;
    }

    /** Whether the copy is what a step has read from the hardware. */
    boolean isSaved() {
        return saved;
    }

    void load(Content content, Cause by) {
        hardware = content;
        hardwareBy = by;
        behind = false;
    }

    /** From now on, what the hardware lacks is what a write does not bring there. */
    void settle() {
        behind = false;
    }

    /** Whether the copy was written last, not the hardware. */
    boolean isHardwareBehind() {
        return behind;
    }

    boolean isRemembered() {
        return memory == truth;
    }

    boolean isLoaded() {
        return hardware == truth;
    }

    /** Takes the guest's part out of the hardware, as the policy should have done. */
    void evacuate() {
        if (hardware == Content.GUEST) {
            memory = truth;
        }
        load(Content.ZERO, null);
    }

    /** The three contents as a number. */
    long key() {
        return (long) truth.ordinal() << 2 * BITS | (long) memory.ordinal() << BITS | hardware.ordinal();
    }

    private static Content aged(Content content) {
        return content == Content.GUEST ? Content.OLD : content;
    }
}
