package dev.vpmu.runtime.perf;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Goes through the ways in which events can share extra registers. The first index of each array is the event, the second the way that it
 * can be programmed in.
 */
final class RegisterChoice {

    private final long[][] allowed;
    private final int[][] registers;
    private final long[][] values;

    private final long[] chosen;
    private final int[] users;
    private final long[] held;

    RegisterChoice(long[][] allowed, int[][] registers, long[][] values) {
        this.allowed = allowed;
        this.registers = registers;
        this.values = values;
        chosen = new long[allowed.length];
        int count = Arrays.stream(registers).flatMapToInt(Arrays::stream).max().orElse(-1) + 1;
        users = new int[count];
        held = new long[count];
    }

    /** What {@code search} first makes of the counters that are allowed to each event, or null if it makes nothing of any choice. */
    int[] first(Function<long[], int[]> search) {
        return first(0, search);
    }

    private int[] first(int event, Function<long[], int[]> search) {
        if (event == chosen.length) {
            return search.apply(chosen);
        }
        for (int way = 0; way < allowed[event].length; way++) {
            if (isOpen(event, way) && !isNeedless(event, way)) {
                chosen[event] = allowed[event][way];
                take(event, way);
                int[] found = first(event + 1, search);
                giveBack(event, way);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private boolean isOpen(int event, int way) {
        int register = registers[event][way];
        return register < 0 || users[register] == 0 || held[register] == values[event][way];
    }

    /** Whether it costs the events behind nothing. */
    private boolean isFree(int event, int way) {
        int register = registers[event][way];
        return register < 0 || users[register] > 0 && held[register] == values[event][way];
    }

    /** Whether another way costs nothing and allows all that this one does. Without this, alike events would be tried in all combinations. */
    private boolean isNeedless(int event, int way) {
        for (int other = 0; other < allowed[event].length; other++) {
            boolean isAsGood = other != way && isFree(event, other) && (allowed[event][way] & ~allowed[event][other]) == 0;
            boolean isAlike = isFree(event, way) && allowed[event][way] == allowed[event][other];
            if (isAsGood && (!isAlike || other < way)) {
                return true;
            }
        }
        return false;
    }

    private void take(int event, int way) {
        int register = registers[event][way];
        if (register >= 0) {
            held[register] = values[event][way];
            users[register]++;
        }
    }

    private void giveBack(int event, int way) {
        int register = registers[event][way];
        if (register >= 0) {
            users[register]--;
        }
    }
}
