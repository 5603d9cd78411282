package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.generator.hardware.naive.NaiveFault;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs one program on several machines at once and tells where they part. */
public final class Comparison {

    private final int[] addresses;
    private final int threads;

    /**
     * A comparison.
     *
     * @param addresses the registers that are compared at the end
     */
    public Comparison(int[] addresses, int threads) {
        this.addresses = addresses.clone();
        this.threads = threads;
    }

    /** Where the machines disagree on a program, after a reset; empty if they agree. */
    public Optional<String> disagreement(List<Machine> machines, List<Operation> program) {
        machines.forEach(this::reset);
        for (int i = 0; i < program.size(); i++) {
            Operation operation = program.get(i);
            long[] outcomes = new long[machines.size()];
            for (int m = 0; m < outcomes.length; m++) {
                outcomes[m] = machines.get(m).outcome(operation);
            }
            if (differ(outcomes)) {
                return Optional.of("operation " + (i + 1) + ", " + operation + ", gives " + shown(machines, outcomes));
            }
            long[] interrupts = new long[machines.size()];
            for (int m = 0; m < interrupts.length; m++) {
                interrupts[m] = interrupt(machines.get(m), operation.thread());
            }
            if (differ(interrupts)) {
                return Optional.of("after operation " + (i + 1) + ", " + operation + ", LVTPC << 1 | pending is " + shown(machines, interrupts));
            }
        }
        return differentRegister(machines);
    }

    /** The registers, as they are. */
    public long[] registers(Machine machine) {
        long[] words = new long[threads * addresses.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = read(machine, i / addresses.length, addresses[i % addresses.length]);
        }
        return words;
    }

    /** All that one machine shows of a program, after a reset: outcomes, interrupts, and the registers at the end. */
    public long[] trace(Machine machine, List<Operation> program) {
        long[] trace = new long[2 * program.size() + threads * addresses.length];
        int at = 0;
        reset(machine);
        for (Operation operation : program) {
            trace[at++] = machine.outcome(operation);
            trace[at++] = interrupt(machine, operation.thread());
        }
        for (int thread = 0; thread < threads; thread++) {
            for (int address : addresses) {
                trace[at++] = read(machine, thread, address);
            }
        }
        return trace;
    }

    private void reset(Machine machine) {
        for (int thread = 0; thread < threads; thread++) {
            machine.reset(thread);
            machine.skid(thread, 0);
        }
    }

    private static long interrupt(Machine machine, int thread) {
        return (long) machine.lvtpc(thread) << 1 | (machine.pending(thread) ? 1 : 0);
    }

    private Optional<String> differentRegister(List<Machine> machines) {
        for (int thread = 0; thread < threads; thread++) {
            for (int address : addresses) {
                long[] words = new long[machines.size()];
                for (int m = 0; m < words.length; m++) {
                    words[m] = read(machines.get(m), thread, address);
                }
                if (differ(words)) {
                    return Optional.of(String.format(Locale.ROOT, "at the end, register 0x%X of thread %d is %s", address, thread, shown(machines, words)));
                }
            }
        }
        return Optional.empty();
    }

    private static long read(Machine machine, int thread, int address) {
        try {
            return machine.rdmsr(thread, address);
        } catch (GeneralProtectionFault | NaiveFault fault) {
            return Machine.FAULT;
        }
    }

    private static boolean differ(long[] words) {
        for (long word : words) {
            if (word != words[0]) {
                return true;
            }
        }
        return false;
    }

    private static String shown(List<Machine> machines, long[] words) {
        List<String> parts = new ArrayList<>();
        for (int m = 0; m < words.length; m++) {
            parts.add(machines.get(m) + " " + (words[m] == Machine.FAULT ? "#GP" : "0x" + Long.toHexString(words[m])));
        }
        return String.join(", ", parts);
    }

    /** The shortest program that is found by leaving out operations of one that fails, with what it shows; on fresh machines. */
    String shrunk(Supplier<List<Machine>> fresh, List<Operation> program, String found) {
        Optional<String> again = disagreement(fresh.get(), program);
        if (again.isEmpty()) {
            return found + "\nonly after other programs: reset leaves something behind\n" + text(program);
        }
        List<Operation> shortest = new ArrayList<>(program);
        String message = again.get();
        for (int size = Math.max(1, shortest.size() / 2); size > 0; size = size == 1 ? 0 : size / 2) {
            for (int start = 0; start + size <= shortest.size();) {
                List<Operation> shorter = new ArrayList<>(shortest);
                shorter.subList(start, start + size).clear();
                Optional<String> still = disagreement(fresh.get(), shorter);
                if (still.isPresent()) {
                    shortest = shorter;
                    message = still.get();
                } else {
                    start++;
                }
            }
        }
        return message + "\n" + text(shortest);
    }

    private static String text(List<Operation> program) {
        return program.stream().map(operation -> "  " + operation).collect(Collectors.joining("\n"));
    }
}
