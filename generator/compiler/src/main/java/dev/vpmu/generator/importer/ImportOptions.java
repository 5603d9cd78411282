package dev.vpmu.generator.importer;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a vendor's file does not say about its CPU, and what the table is to be called. Kept as JSON beside the table that it
 * makes; {@code generator/docs/importer.md} describes each member.
 *
 * @param packageName          package of the {@code .pmu} file
 * @param table                name of the event table
 * @param pmu                  what the table is {@code for}
 * @param imports              imported names
 * @param source               where the vendor's file is from; its version is added
 * @param documentation        the table's documentation comment
 * @param generalBank          name of the bank of programmable counters
 * @param counters             how many programmable counters there are with SMT
 * @param countersWithoutSmt   how many there are without, or 0 if as many
 * @param counterWidth         bits of a counter: no period is longer
 * @param fixedBank            name of the bank of fixed counters
 * @param fixedCounters        how many positions that bank has
 * @param fixedNumberedFrom    the number that the vendor's file gives to the first: 1 in the oldest files, else 0
 * @param preciseCounters      programmable counters that write precise records, where the file does not list them per event
 * @param unitMask2            whether selectors have a second unit mask, which {@code UMaskExt} goes to
 * @param selectorFields       the selector's name for the vendor's {@code EdgeDetect}, {@code Invert}, {@code CounterMask},
 *                             {@code AnyThread}, {@code Equal}
 * @param extras               extra registers of events: name, and the MSR numbers in the order of the alternatives
 * @param roles                generic events
 * @param guards               events that need a capability
 * @param maximumLines         the most lines a file may have
 */
public record ImportOptions(String packageName, String table, String pmu, List<String> imports, String source, String documentation,
        String generalBank, int counters, int countersWithoutSmt, int counterWidth, String fixedBank, int fixedCounters,
        int fixedNumberedFrom, List<Integer> preciseCounters, boolean unitMask2, Map<String, String> selectorFields,
        List<ExtraRegister> extras, List<GenericEvent> roles, List<GuardedEvents> guards, int maximumLines) {

    /** An extra register of a CPU: {@code msrs} are its rows' MSR numbers, as in {@code "0x1A6"}. */
    public record ExtraRegister(String name, List<String> msrs) {

        long msr(int alternative) {
            return Long.decode(msrs.get(alternative));
        }
    }

    /**
     * A generic event of perf.
     *
     * @param role     as the language calls it: {@code cache misses}
     * @param encoding as the language writes it: {@code 0x2E:0x41}, {@code fixed[2]}
     * @param event    which of the events with that encoding gets the role
     */
    public record GenericEvent(String role, String encoding, String event) {
    }

    /** Events whose whole name matches {@code names}, a regular expression, exist {@code when} the CPU has a capability. */
    public record GuardedEvents(String names, String when) {

        boolean match(String event) {
            return Pattern.matches(names, event);
        }
    }

    public ImportOptions {
        imports = imports == null ? List.of() : List.copyOf(imports);
        preciseCounters = preciseCounters == null ? List.of() : List.copyOf(preciseCounters);
        selectorFields = selectorFields == null ? Map.of() : Map.copyOf(new TreeMap<>(selectorFields));
        extras = extras == null ? List.of() : List.copyOf(extras);
        roles = roles == null ? List.of() : List.copyOf(roles);
        guards = guards == null ? List.of() : List.copyOf(guards);
        documentation = documentation == null ? "" : documentation;
        generalBank = generalBank == null ? "gp" : generalBank;
        fixedBank = fixedBank == null ? "fixed" : fixedBank;
        counterWidth = counterWidth == 0 ? 48 : counterWidth;
        countersWithoutSmt = countersWithoutSmt == 0 ? counters : countersWithoutSmt;
        maximumLines = maximumLines == 0 ? 2500 : maximumLines;
        if (packageName == null || table == null || pmu == null || source == null || counters < 1) {
            throw new IllegalArgumentException("import options need package_name, table, pmu, source and counters");
        }
    }

    /**
     * Reads options from JSON; members are written {@code like_this}.
     *
     * @throws IllegalArgumentException if a member is missing, unknown, or has a value of another kind
     */
    public static ImportOptions read(Path file) throws IOException {
        try {
            JsonElement json = JsonParser.parseString(Files.readString(file));
            checkMembers(json, ImportOptions.class);
            return new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES).create().fromJson(json, ImportOptions.class);
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new IllegalArgumentException(file + ": " + cause.getMessage(), e);
        }
    }

    /** Gson passes over a member that it does not know. */
    private static void checkMembers(JsonElement json, Class<?> type) {
        Map<String, Type> known = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            known.put(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), component.getGenericType());
        }
        for (Map.Entry<String, JsonElement> member : json.getAsJsonObject().entrySet()) {
            Type itsType = known.get(member.getKey());
            if (itsType == null) {
                throw new IllegalArgumentException("unknown member " + member.getKey() + "; known are " + String.join(", ", known.keySet()));
            }
            if (itsType instanceof ParameterizedType list && list.getActualTypeArguments()[0] instanceof Class<?> item && item.isRecord()) {
                member.getValue().getAsJsonArray().forEach(element -> checkMembers(element, item));
            }
        }
    }
}
