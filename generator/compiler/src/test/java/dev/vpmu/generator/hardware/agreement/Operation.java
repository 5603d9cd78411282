package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.generator.hardware.naive.NaiveStep;
import java.util.Locale;

/** One thing that a program does to a PMU, or to one of two siblings. */
public sealed interface Operation {

    /** Which of two siblings does it. */
    int thread();

    record Rdmsr(int thread, int address) implements Operation {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d: rdmsr 0x%X", thread, address);
        }
    }

    record Wrmsr(int thread, int address, long value) implements Operation {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d: wrmsr 0x%X = 0x%X", thread, address, value);
        }
    }

    record Rdpmc(int thread, int ecx) implements Operation {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d: rdpmc 0x%X", thread, ecx);
        }
    }

    record Lvtpc(int thread, int entry) implements Operation {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d: LVTPC = 0x%X", thread, entry);
        }
    }

    record Take(int thread) implements Operation {
        @Override
        public String toString() {
            return thread + ": take the PMI";
        }
    }

    record Privilege(int thread, int level, boolean pce, boolean pe) implements Operation {
        @Override
        public String toString() {
            return thread + ": ring " + level + (pce ? ", CR4.PCE" : "") + (pe ? ", CR0.PE" : "");
        }
    }

    record Skid(int thread, long cycles) implements Operation {
        @Override
        public String toString() {
            return thread + ": skid " + cycles;
        }
    }

    record Reset(int thread) implements Operation {
        @Override
        public String toString() {
            return thread + ": reset";
        }
    }

    /** Begins a step, its own or (with {@code ofSibling}) the sibling's; whatever step was unfinished is given up. */
    record Begin(int thread, NaiveStep step, boolean ofSibling) implements Operation {
        @Override
        public String toString() {
            return thread + ": run " + (ofSibling ? "(by the sibling) " : "") + step;
        }
    }

    /** Goes on with the step that a PMI stopped. */
    record GoOn(int thread) implements Operation {
        @Override
        public String toString() {
            return thread + ": go on";
        }
    }
}
