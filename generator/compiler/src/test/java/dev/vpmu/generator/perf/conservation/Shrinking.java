package dev.vpmu.generator.perf.conservation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Leaves operations out of a schedule as long as something is wrong with what is left. */
final class Shrinking {

    private Shrinking() {
    }

    /** The shortest schedule that is found so, with what it shows. */
    static String shrunk(ConservedCpu cpu, Setting setting, List<Operation> schedule, String complaint) {
        List<Operation> shortest = new ArrayList<>(schedule);
        String message = complaint;
        for (int size = Math.max(1, shortest.size() / 2); size > 0; size = size == 1 ? 0 : size / 2) {
            for (int start = 0; start + size <= shortest.size();) {
                List<Operation> shorter = new ArrayList<>(shortest);
                shorter.subList(start, start + size).clear();
                Optional<String> still = Play.complaint(cpu, setting, shorter, new Tally());
                if (still.isPresent()) {
                    shortest = shorter;
                    message = still.get();
                } else {
                    start++;
                }
            }
        }
        return message + "\n" + shortest.stream().map(operation -> "  " + operation).collect(Collectors.joining("\n"));
    }
}
