package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RdpmcModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.generator.emit.JavaEscapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How counters are programmed, read and written: for each operation the cases of a switch, one for all counters for which it looks alike. */
public final class HostPerfCounters {

    private final CpuModel cpu;
    private final HostPerfNames names;
    private final List<PerfCounter> counters;
    /** The methods that say what enables a counter, by what they return. */
    private final Map<String, Enabling> enablings = new LinkedHashMap<>();
    private final List<String> starts;
    private final List<String> stops;
    private final List<String> reads;
    private final List<String> writes;

    HostPerfCounters(CpuModel cpu, HostPerfNames names, List<PerfCounter> counters) {
        this.cpu = cpu;
        this.names = names;
        this.counters = counters;
        starts = cases(this::start);
        stops = cases(this::stop);
        reads = cases(this::read);
        writes = cases(this::write);
    }

    /** The bits that enable counters of a bank. */
    public static final class Enabling {

        private final String method;
        private final String comment;
        private final String bits;

        Enabling(String method, String comment, String bits) {
            this.method = method;
            this.comment = comment;
            this.bits = bits;
        }

        public String method() {
            return method;
        }

        public String comment() {
            return comment;
        }

        public String bits() {
            return bits;
        }
    }

    public List<Enabling> enablings() {
        return List.copyOf(enablings.values());
    }

    public boolean isEmpty() {
        return counters.isEmpty();
    }

    public List<String> starts() {
        return starts;
    }

    public List<String> stops() {
        return stops;
    }

    public List<String> reads() {
        return reads;
    }

    public List<String> writes() {
        return writes;
    }

    /** A case for all counters of which {@code body} says the same. */
    List<String> cases(Function<PerfCounter, String> body) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        counters.forEach(counter -> labels.computeIfAbsent(body.apply(counter), text -> new ArrayList<>()).add(Integer.toString(counter.globalIndex())));
        return labels.entrySet().stream().map(entry -> "case " + HardwareView.wrapped(entry.getValue(), ", ") + " -> " + entry.getKey()).toList();
    }

    /* ------------------------------------------------------------- control */

    private String start(PerfCounter counter) {
        if (!counter.isPart()) {
            return "registers.wrmsr(" + element(counter.control(), counter.bank()) + ", config | " + enabling(counter) + ");";
        }
        return changed(counter, " | config | " + enabling(counter) + (stride(counter) == 0 ? "" : " << shift"));
    }

    private String stop(PerfCounter counter) {
        return counter.isPart() ? changed(counter, "") : "registers.wrmsr(" + element(counter.control(), counter.bank()) + ", config);";
    }

    /** Writes a shared control register with other bits in the counter's part. */
    private String changed(PerfCounter counter, String bits) {
        String register = names.address(counter.control());
        String mask = Literals.hex(counter.part() >>> offset(counter));
        String part = stride(counter) == 0 ? mask : "(" + mask + " << shift)";
        String others = "registers.rdmsr(" + register + ") & " + kept(counter.control()) + "~" + part;
        String write = "registers.wrmsr(" + register + ", " + others + bits + ");";
        return stride(counter) == 0 ? write : "{\n    int shift = " + times(index(counter.bank()), stride(counter)) + ";\n    " + write + "\n}";
    }

    /** The bits that can be written back, if not all that can be read can. */
    private static String kept(RegisterModel control) {
        long writable = PerfCounter.writable(control, 0);
        return (control.resetValue() & ~writable) == 0 ? "" : Literals.hex(writable) + " & ";
    }

    /** How far the parts of a shared control register are from one another; 0 where they are looked at one by one. */
    private int stride(PerfCounter counter) {
        List<Integer> strides = counter.counter().fields().stream().map(field -> field.array().orElseThrow().stride()).distinct().toList();
        return strides.size() == 1 && counters.stream().filter(other -> other.control().equals(counter.control()) && other.bank().equals(counter.bank())).count() > 1
                ? strides.get(0) : 0;
    }

    private int offset(PerfCounter counter) {
        return counter.isPart() ? stride(counter) * counter.index() : 0;
    }

    /** What enables a counter in some modes, as a call. */
    private String enabling(PerfCounter counter) {
        String bits = Stream.concat(Stream.of(FieldRole.ENABLE).filter(role -> counter.bits(role) != 0).map(role -> Literals.hex(moved(counter, role))),
                Stream.of(mode(counter, "USER", FieldRole.USER_MODE), mode(counter, "KERNEL", FieldRole.KERNEL_MODE), mode(counter, "INTERRUPT", FieldRole.INTERRUPT_ENABLE)))
                .collect(Collectors.joining("\n        | "));
        String comment = "{@code " + JavaEscapes.javadocText(counter.control().name()) + "}";
        return enablings.computeIfAbsent(comment + bits, key -> new Enabling(names.method("enabling", name(counter)), "What enables a counter in "
                + comment + (counter.isPart() ? stride(counter) == 0 ? ", in its part." : ", in the part of counter 0." : ", in these modes."), bits)).method() + "(modes)";
    }

    /** The bank's name, with the index where its counters differ. */
    private String name(PerfCounter counter) {
        boolean first = enablings.values().stream().noneMatch(known -> known.method().equals(names.method("enabling", counter.bank().name())));
        return first ? counter.bank().name() : counter.bank().name() + "_" + counter.index();
    }

    private String mode(PerfCounter counter, String mode, FieldRole role) {
        return "((modes & " + mode + ") != 0 ? " + Literals.hex(moved(counter, role)) + " : 0)";
    }

    private long moved(PerfCounter counter, FieldRole role) {
        return counter.bits(role) >>> offset(counter);
    }

    /* ------------------------------------------------------------- values */

    private String read(PerfCounter counter) {
        if (counter.ecx().isPresent()) {
            return "registers.rdpmc(" + ecx(counter) + ");";
        }
        return "registers.rdmsr(" + element(counter.read().orElseThrow(), counter.bank()) + ");";
    }

    private String ecx(PerfCounter counter) {
        RdpmcModel rdpmc = cpu.rdpmc().orElseThrow();
        boolean typed = rdpmc.type().isPresent();
        int type = typed ? counter.bank().rdpmcType().getAsInt() << rdpmc.type().get().low() : 0;
        String number = typed ? index(counter.bank()) : "counter";
        String low = rdpmc.index().low() == 0 ? number : number + " << " + rdpmc.index().low();
        return type == 0 ? low : Literals.hexInt(type) + " | " + low;
    }

    private String write(PerfCounter counter) {
        String best = element(counter.write(), counter.bank());
        return "registers.wrmsr(" + counter.otherwise().map(other -> isThere(counter) + " ? " + best + " : " + element(other, counter.bank())).orElse(best) + ", value);";
    }

    private String isThere(PerfCounter counter) {
        return names.method("has", counter.write().name());
    }

    /** The registers that a PMU may lack although the cpu has them: a field each, and the address that tells. */
    public Map<String, String> optional() {
        Map<String, String> optional = new LinkedHashMap<>();
        counters.stream().filter(counter -> counter.otherwise().isPresent())
                .forEach(counter -> optional.putIfAbsent(isThere(counter), HardwareAccess.address(counter.write(), counter.write().indexes().get(0))));
        return optional;
    }

    /** The address of a counter's element. */
    String element(RegisterModel register, BankModel bank) {
        return names.address(register) + " + " + times(index(bank), register.stride());
    }

    /** The index in its bank of {@code counter}. */
    static String index(BankModel bank) {
        int first = bank.firstIndex().orElseThrow();
        return first == 0 ? "counter" : "(counter - " + first + ")";
    }

    private static String times(String index, int stride) {
        return stride == 1 ? index : stride + " * " + index;
    }

    /** The counters' widths, if all are as wide. */
    public String width() {
        return same(counter -> Integer.toString(counter.bank().width()));
    }

    public List<String> widths() {
        return cases(counter -> counter.bank().width() + ";");
    }

    /** The counters' longest periods, if all are alike. */
    public String longestPeriod() {
        return same(this::longest);
    }

    public List<String> longestPeriods() {
        return cases(counter -> longest(counter) + ";");
    }

    private String longest(PerfCounter counter) {
        String longest = Literals.hex(counter.longestPeriod());
        return counter.otherwise().isEmpty() ? longest : isThere(counter) + " ? " + longest + " : " + Literals.hex(counter.longestPeriodOtherwise());
    }

    private String same(Function<PerfCounter, String> value) {
        List<String> values = counters.stream().map(value).distinct().toList();
        return values.size() == 1 ? values.get(0) : "";
    }
}
