package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventFlag;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.ExtraValue;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.dsl.pmu.AddressAttribute;
import dev.vpmu.dsl.pmu.AloneAttribute;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.CodeEncoding;
import dev.vpmu.dsl.pmu.CounterEncoding;
import dev.vpmu.dsl.pmu.DeprecatedAttribute;
import dev.vpmu.dsl.pmu.DistributedAttribute;
import dev.vpmu.dsl.pmu.ErrataAttribute;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventAttribute;
import dev.vpmu.dsl.pmu.Extra;
import dev.vpmu.dsl.pmu.ExtraAttribute;
import dev.vpmu.dsl.pmu.FieldEncoding;
import dev.vpmu.dsl.pmu.OnAttribute;
import dev.vpmu.dsl.pmu.PeriodAttribute;
import dev.vpmu.dsl.pmu.PreciseAttribute;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.ReplacedAttribute;
import dev.vpmu.dsl.pmu.RoleOfEvent;
import dev.vpmu.dsl.pmu.SpeculativeAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.emf.ecore.EObject;

/** Works out a cpu's events: their words, the counters that can hold them, and the tables that decide it. */
public final class EventResolver {

    private final FlatPmu pmu;
    private final Optional<FlatLayout> selector;
    private final long plainMask;
    private final Map<String, Extra> extrasHere = new LinkedHashMap<>();
    private final Map<EventRole, Event> roles;
    private final List<ExtraModel> extras;
    private final List<ConstraintModel> constraints;
    private final List<PeriodModel> periods;

    /** Works out the tables of {@code pmu}. */
    public EventResolver(FlatPmu pmu) {
        this.pmu = pmu;
        this.selector = pmu.selectorLayout();
        Patterns patterns = new Patterns(pmu);
        this.extras = pmu.extras().stream().map(this::extra).toList();
        this.plainMask = selector.map(layout -> Selectors.eventMask(layout)
                | layout.placeMask(FieldRole.USER_MODE) | layout.placeMask(FieldRole.KERNEL_MODE)).orElse(0L);
        pmu.extras().forEach(extra -> extrasHere.put(extra.getName(), extra));
        this.roles = pmu.roles();
        this.constraints = patterns.constraints();
        this.periods = patterns.periods();
    }

    List<ExtraModel> extras() {
        return extras;
    }

    /** The rows that say which counters can hold which events, in the order in which they are tried. */
    public List<ConstraintModel> constraints() {
        return constraints;
    }

    /** The smallest periods, in the order in which they are tried. */
    public List<PeriodModel> periods() {
        return periods;
    }

    List<EventModel> events() {
        return pmu.events().stream().map(this::event).flatMap(Optional::stream).toList();
    }

    private ExtraModel extra(Extra extra) {
        Domain domain = Domain.valueOf(extra.getDomain().name());
        List<ExtraRow> rows = extra.getRows().stream().filter(row -> row.getCode() != null && row.getRegister() != null)
                .map(row -> new ExtraRow(Numbers.intOf(row.getCode().getEvent()), Numbers.intOf(row.getCode().getUmask()),
                        row.getRegister().getName(), Numbers.of(row.getValid()), pmu.counters(row.getCounters()), Origins.of(row))).toList();
        return new ExtraModel(extra.getName(), extra.isInterchangeable(), domain, rows, Origins.of(extra));
    }

    /** The event's word; empty where its encoding is broken, or a setting has no place. */
    public Optional<EventEncoding> encoding(Event event) {
        if (event.getEncoding() instanceof CodeEncoding code) {
            return code.getCode() == null || code.getCode().getEvent() == null || code.getCode().getUmask() == null || selector.isEmpty()
                    || !Selectors.fit(selector.get(), code.getSettings(), false) ? Optional.empty()
                    : Optional.of(programmable(code, Numbers.intOf(code.getCode().getEvent()), Numbers.intOf(code.getCode().getUmask())));
        }
        if (event.getEncoding() instanceof CounterEncoding counter && isKnown(counter.getBank()) && counter.getIndex() != null) {
            return fixed(counter);
        }
        if (event.getEncoding() instanceof FieldEncoding metric && metric.getField() != null
                && isKnown(metric.getField().getRegister()) && isKnown(metric.getField().getField())) {
            FlatField field = new FlatField(metric.getField().getField(), null);
            return Optional.of(new EventEncoding.Metric(metric.getField().getRegister().getName(), field.low(), field.width()));
        }
        return Optional.empty();
    }

    private Optional<EventEncoding> fixed(CounterEncoding counter) {
        int index = Numbers.intOf(counter.getIndex());
        Optional<FlatLayout> layout = control(counter.getBank());
        if (layout.isPresent() && !Selectors.fit(layout.get(), counter.getSettings(), true)) {
            return Optional.empty();
        }
        long control = layout.map(own -> Selectors.settings(own, counter.getSettings(), true, index)).orElse(0L);
        return Optional.of(new EventEncoding.Fixed(Numbers.intOf(counter.getBank().getIndex()) + index, control));
    }

    private static boolean isKnown(EObject target) {
        return target != null && !target.eIsProxy();
    }

    private EventEncoding.Programmable programmable(CodeEncoding encoding, int code, int umask) {
        FlatLayout layout = selector.orElseThrow();
        return new EventEncoding.Programmable(code, umask,
                Selectors.eventBits(layout, code, umask) | Selectors.settings(layout, encoding.getSettings(), false, 0));
    }

    /** The layout of the register that controls a bank's counters one field each. */
    public Optional<FlatLayout> control(Bank bank) {
        return pmu.registers(dev.vpmu.dsl.model.RegisterRole.SELECTOR).stream().map(pmu::layout).flatMap(Optional::stream)
                .filter(layout -> layout.fields().stream().anyMatch(field -> field.array() != null && field.array().getBank() == bank)).findFirst();
    }

    /** The counters that the constraints allow an encoding, whatever the event's own {@code on} says; none for a metric. */
    public long allowed(EventEncoding encoding) {
        if (encoding instanceof EventEncoding.Fixed fixed) {
            return pmu.allCounters() & Bits.mask(fixed.globalIndex(), 1);
        }
        if (!(encoding instanceof EventEncoding.Programmable word)) {
            return 0;
        }
        long counters = decides(word).map(ConstraintModel::counters).orElseGet(() -> pmu.selectorBank().map(FlatBank::counters).orElse(0L));
        for (ConstraintModel row : constraints) {
            if (row.within() && row.pattern().matches(word)) {
                counters &= row.counters();
            }
        }
        return counters;
    }

    /** The first row with {@code on} that matches. */
    public Optional<ConstraintModel> decides(EventEncoding.Programmable word) {
        boolean modified = (word.selector() & ~plainMask) != 0;
        for (ConstraintModel row : constraints) {
            if (!row.within() && !(row.plain() && modified) && row.pattern().matches(word)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** The attribute of a kind that the event has. */
    public static <T extends EventAttribute> Optional<T> attribute(Event event, Class<T> kind) {
        for (EventAttribute attribute : event.getAttributes()) {
            if (kind.isInstance(attribute)) {
                return Optional.of(kind.cast(attribute));
            }
        }
        return Optional.empty();
    }

    private Optional<EventModel> event(Event event) {
        Optional<EventEncoding> encoding = encoding(event);
        if (encoding.isEmpty()) {
            return Optional.empty();
        }
        Optional<ExtraAttribute> with = attribute(event, ExtraAttribute.class).filter(extra -> extra.getExtra() != null && !extra.getExtra().eIsProxy());
        Optional<Extra> extra = with.map(ExtraAttribute::getExtra).map(this::extraHere);
        Optional<dev.vpmu.dsl.pmu.ExtraRow> row = extra.flatMap(own -> row(own, event));
        long counters = allowed(encoding.get())
                & attribute(event, OnAttribute.class).map(on -> pmu.counters(on.getCounters())).orElse(-1L)
                & row.map(own -> pmu.counters(own.getCounters())).orElse(-1L);
        return Optional.of(new EventModel(event.getName(), encoding.get(), counters,
                attribute(event, PreciseAttribute.class).map(on -> pmu.counters(on.getCounters())).orElse(0L),
                attribute(event, DistributedAttribute.class).map(on -> pmu.counters(on.getCounters())).orElse(0L),
                row.map(own -> new ExtraValue(extra.get().getName(), own.getRegister().getName(), Numbers.of(with.get().getValue()))),
                alternatives(event, extra, row), attribute(event, PeriodAttribute.class).map(period -> Numbers.of(period.getValue())).orElse(0L),
                flags(event), attribute(event, RoleOfEvent.class).<EventRole>map(role -> Words.eventRole(role.getRole()))
                        .filter(role -> roles.get(role) == event),
                LeafResolver.architecturalBit(event) < 0 ? OptionalInt.empty() : OptionalInt.of(LeafResolver.architecturalBit(event)),
                attribute(event, ReplacedAttribute.class).map(ReplacedAttribute::getEvent).map(Event::getName),
                attribute(event, ErrataAttribute.class).<List<String>>map(ErrataAttribute::getIds).orElse(List.of()), Origins.of(event)));
    }

    /** The extra of that name on this pmu, which may be a nearer one than the one that was linked. */
    public Extra extraHere(Extra linked) {
        return extrasHere.getOrDefault(linked.getName(), linked);
    }

    /** The extra's row for the event's own code. */
    public static Optional<dev.vpmu.dsl.pmu.ExtraRow> row(Extra extra, Event event) {
        if (!(event.getEncoding() instanceof CodeEncoding encoding) || encoding.getCode() == null) {
            return Optional.empty();
        }
        return extra.getRows().stream().filter(row -> row.getCode() != null && isRegister(row.getRegister())
                && Objects.equals(row.getCode().getEvent(), encoding.getCode().getEvent())
                && Objects.equals(row.getCode().getUmask(), encoding.getCode().getUmask())).findFirst();
    }

    private static boolean isRegister(Register register) {
        return register != null && !register.eIsProxy();
    }

    /** The same event under the codes of the other rows of an interchangeable extra, as far as they take its value. */
    private List<EventEncoding> alternatives(Event event, Optional<Extra> extra, Optional<dev.vpmu.dsl.pmu.ExtraRow> own) {
        List<EventEncoding> alternatives = new ArrayList<>();
        if (extra.isPresent() && own.isPresent() && extra.get().isInterchangeable() && event.getEncoding() instanceof CodeEncoding encoding) {
            long value = attribute(event, ExtraAttribute.class).map(with -> Numbers.of(with.getValue())).orElse(0L);
            for (dev.vpmu.dsl.pmu.ExtraRow row : extra.get().getRows()) {
                if (row != own.get() && row.getCode() != null && (value & ~Numbers.of(row.getValid())) == 0) {
                    alternatives.add(programmable(encoding, Numbers.intOf(row.getCode().getEvent()), Numbers.intOf(row.getCode().getUmask())));
                }
            }
        }
        return alternatives;
    }

    private static List<EventFlag> flags(Event event) {
        List<EventFlag> flags = new ArrayList<>();
        attribute(event, AloneAttribute.class).ifPresent(flag -> flags.add(EventFlag.ALONE));
        attribute(event, AddressAttribute.class).ifPresent(flag -> flags.add(EventFlag.ADDRESSES));
        attribute(event, SpeculativeAttribute.class).ifPresent(flag -> flags.add(EventFlag.SPECULATIVE));
        attribute(event, DeprecatedAttribute.class).ifPresent(flag -> flags.add(EventFlag.DEPRECATED));
        return flags;
    }
}
