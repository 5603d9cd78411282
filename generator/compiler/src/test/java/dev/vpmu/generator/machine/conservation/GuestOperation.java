package dev.vpmu.generator.machine.conservation;

import java.util.function.Consumer;

/**
 * Something that happens on a stage, if it can happen when its turn comes.
 *
 * @param text what it is
 */
record GuestOperation(String text, Consumer<GuestStage> action) {

    void on(GuestStage stage) {
        action.accept(stage);
    }

    @Override
    public String toString() {
        return text;
    }
}
