package dev.vpmu.cli;

import dev.vpmu.runtime.lab.scenario.HostSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the host counts, as words: {@code 2 pinned late cache misses}. */
final class HostOption implements ITypeConverter<HostSession> {

    @Override
    public HostSession convert(String value) {
        List<String> words = new ArrayList<>(Arrays.asList(value.strip().split("\\s+")));
        int events = words.get(0).matches("\\d{1,3}") ? Integer.parseInt(words.remove(0)) : 0;
        boolean pinned = words.remove("pinned");
        boolean late = words.remove("late");
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new TypeConversionException("'" + value + "' names no event; write [NUMBER] [pinned] [late] EVENT, as in '2 pinned cache misses'");
        }
        return new HostSession(String.join(" ", words), events, pinned, late);
    }
}
