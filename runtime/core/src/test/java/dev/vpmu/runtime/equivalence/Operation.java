package dev.vpmu.runtime.equivalence;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Something that happens on a stage.
 *
 * @param text what it is
 * @param guest whose program it is of; -1 if the host does it
 * @param cpu where the guest's vCPU is brought if it is nowhere; -1 if it need not run
 * @param program what the guest does
 * @param host what the host does
 */
record Operation(Supplier<String> text, int guest, int cpu, Consumer<Side> program, Consumer<Stage> host) {

    static Operation of(Supplier<String> text, int guest, int cpu, Consumer<Side> program) {
        return new Operation(() -> "guest " + guest + " " + text.get(), guest, cpu, program, null);
    }

    static Operation host(Supplier<String> text, Consumer<Stage> host) {
        return new Operation(text, -1, -1, null, host);
    }

    @Override
    public String toString() {
        return text.get();
    }
}
