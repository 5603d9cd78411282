package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.BranchRecords;
import dev.vpmu.dsl.pmu.Constraints;
import dev.vpmu.dsl.pmu.ConstraintRow;
import dev.vpmu.dsl.pmu.CounterSet;
import dev.vpmu.dsl.pmu.CpuidField;
import dev.vpmu.dsl.pmu.CpuidLeaf;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.Extra;
import dev.vpmu.dsl.pmu.Freeze;
import dev.vpmu.dsl.pmu.FreezeSubject;
import dev.vpmu.dsl.pmu.Hides;
import dev.vpmu.dsl.pmu.Interrupt;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.PeriodRow;
import dev.vpmu.dsl.pmu.Periods;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PolicyUse;
import dev.vpmu.dsl.pmu.PreciseRecords;
import dev.vpmu.dsl.pmu.Rdpmc;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.Signature;
import dev.vpmu.dsl.pmu.Statement;
import dev.vpmu.dsl.pmu.UsePolicies;
import dev.vpmu.dsl.pmu.Version;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;

/**
 * A pmu or cpu with its inheritance worked out: of each thing the nearest statement, as a part of the syntax tree.
 *
 * <p>For a {@code cpu} the guards are decided, and what does not exist on it is gone. For a {@code pmu} they are open, since
 * whatever extends it can still have or lack a capability, and everything is kept. Broken references are left out silently:
 * other rules report them.
 */
public final class FlatPmu {

    private final Pmu pmu;
    private final List<Pmu> chain;
    private final Capabilities capabilities;
    private final FlatCounters counters;
    private final List<Register> registers;
    private final Map<Layout, FlatLayout> layouts = new LinkedHashMap<>();
    private final FlatTables tables;
    private Optional<Register> selector;

    /** Works out {@code pmu}. */
    public FlatPmu(Pmu pmu) {
        this.pmu = pmu;
        List<Pmu> ancestorsFirst = new ArrayList<>(PmuChain.of(pmu));
        Collections.reverse(ancestorsFirst);
        this.chain = List.copyOf(ancestorsFirst);
        this.capabilities = new Capabilities(this);
        this.counters = new FlatCounters(this);
        this.registers = replaced(Register.class, Register::getName).stream().filter(this::exists).toList();
        this.tables = new FlatTables(this);
    }

    /** The pmu or cpu itself. */
    public Pmu pmu() {
        return pmu;
    }

    public String name() {
        return pmu.getName();
    }

    public boolean isCpu() {
        return pmu.isCpu();
    }

    /** It and what it extends, the root first. */
    public List<Pmu> chain() {
        return chain;
    }

    /** How far down the chain an element of one of its parts is declared, the root's at 0; -1 for what stands in no part. */
    public int depth(EObject element) {
        return chain.indexOf(EcoreUtil2.getContainerOfType(element, Pmu.class));
    }

    /** Orders elements of its parts as they are declared: ancestors' first, then by place. */
    public Comparator<EObject> order() {
        return Comparator.<EObject>comparingInt(this::depth).thenComparingInt(element -> Places.of(element).offset());
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    /** Whether the element is there: decided for a cpu, always so for a pmu. */
    public boolean exists(EObject element) {
        return !isCpu() || capabilities.satisfy(element);
    }

    /** Whether two elements that exist are surely on one CPU. */
    public boolean together(EObject a, EObject b) {
        return isCpu() || Guards.surelyTogether(a, b);
    }

    /** The nearest statement of a kind, guards considered. */
    public <T extends Statement> Optional<T> nearest(Class<T> kind) {
        List<T> all = all(kind).stream().filter(this::exists).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Every statement of a kind in the chain, ancestors' first, replaced and absent ones too. */
    public <T extends Statement> List<T> all(Class<T> kind) {
        return chain.stream().flatMap(part -> PmuChain.statements(part, kind).stream()).toList();
    }

    /** The architectural version; 0 where none is said. */
    public int version() {
        return nearest(Version.class).map(version -> Numbers.intOf(version.getNumber())).orElse(0);
    }

    /** The signatures of the nearest part that has any. */
    public List<Signature> signatures() {
        for (int i = chain.size() - 1; i >= 0; i--) {
            List<Signature> own = PmuChain.statements(chain.get(i), Signature.class);
            if (!own.isEmpty()) {
                return own;
            }
        }
        return List.of();
    }

    /** The banks that it has counters or records of, by first index, those without one last. */
    public Collection<FlatBank> banks() {
        return counters.banks();
    }

    public Optional<FlatBank> bank(Bank bank) {
        return counters.bank(bank);
    }

    /** The bank where it is certain what this and what extends it have of it: not where its statement is guarded and undecided. */
    public Optional<FlatBank> knownBank(Bank bank) {
        return bank(bank).filter(known -> isCpu() || Guards.isOpen(known.declaration()));
    }

    /** Every counter in some state of SMT, as a global mask. */
    public long allCounters() {
        return counters.all();
    }

    /** The counters that a set names and that exist here, as a global mask; every bit for no set. */
    public long counters(CounterSet set) {
        return counters.mask(set);
    }

    /** Whether the pmu extends one that has some counter of the set, which it does not have itself. */
    public boolean lost(CounterSet set) {
        return set != null && set.getTerms().stream().anyMatch(term -> lost(term.getBank(), Numbers.indexes(term.getIndexes())));
    }

    /** Whether the pmu extends one that has some of a bank's counters, or any where no index is named, which it does not have itself. */
    public boolean lost(Bank bank, List<Integer> indexes) {
        return counters.lost(bank, indexes);
    }

    /** The registers that exist, by name the nearest, in the order in which the names first appear. */
    public List<Register> registers() {
        return registers;
    }

    /** The registers with a role, in order. */
    public List<Register> registers(RegisterRole role) {
        return registers.stream().filter(register -> RegisterFacts.role(register) == role).toList();
    }

    /** The register that has the name here: {@code register} itself, or what replaces it. */
    public Register current(Register register) {
        return registers.stream().filter(nearest -> nearest.getName().equals(register.getName())).findFirst().orElse(register);
    }

    /**
     * The layout that names the register's bits: its own, or the one that its target has here when it is an alias, a clear or a
     * set register; empty where there is none.
     */
    public Optional<FlatLayout> layout(Register register) {
        Set<Register> seen = new LinkedHashSet<>();
        Register next = register;
        while (next != null && seen.add(next)) {
            Layout own = RegisterFacts.ownLayout(next);
            if (own != null) {
                return Optional.of(own).filter(layout -> !layout.eIsProxy()).map(this::layout);
            }
            Register last = next;
            next = RegisterFacts.aliasOf(last).or(() -> RegisterFacts.changes(last)).map(this::current).orElse(null);
        }
        return Optional.empty();
    }

    public FlatLayout layout(Layout layout) {
        FlatLayout known = layouts.get(layout);
        if (known == null) {
            known = new FlatLayout(layout, this::exists);
            layouts.put(layout, known);
        }
        return known;
    }

    /** The array of registers that programs events: a selector whose layout has an event code. */
    public Optional<Register> selector() {
        if (selector == null) {
            selector = findSelector();
        }
        return selector;
    }

    private Optional<Register> findSelector() {
        return registers(RegisterRole.SELECTOR).stream()
                .filter(register -> layout(register).filter(layout -> layout.roleWidth(FieldRole.EVENT_CODE) > 0).isPresent()).findFirst();
    }

    /** The layout of {@link #selector()}. */
    public Optional<FlatLayout> selectorLayout() {
        return selector().flatMap(this::layout);
    }

    /** The counters that {@link #selector()} programs. */
    public Optional<FlatBank> selectorBank() {
        return selector().map(Register::getBank).flatMap(this::bank);
    }

    /** The bits of CPUID leaves, ancestors' first. */
    public List<CpuidField> cpuidFields() {
        return all(CpuidLeaf.class).stream().filter(this::exists).flatMap(leaf -> leaf.getFields().stream()).toList();
    }

    public Optional<Rdpmc> rdpmc() {
        return nearest(Rdpmc.class);
    }

    public Optional<Interrupt> interrupt() {
        return nearest(Interrupt.class);
    }

    /** The nearest freeze of each subject, in order of subject. */
    public List<Freeze> freezes() {
        Map<FreezeSubject, Freeze> freezes = new java.util.EnumMap<>(FreezeSubject.class);
        all(Freeze.class).forEach(freeze -> freezes.put(freeze.getSubject(), freeze));
        return List.copyOf(freezes.values());
    }

    public Optional<BranchRecords> branchRecords() {
        return nearest(BranchRecords.class);
    }

    public Optional<PreciseRecords> preciseRecords() {
        return nearest(PreciseRecords.class);
    }

    /** The extras, by name the nearest. */
    public List<Extra> extras() {
        return replaced(Extra.class, Extra::getName);
    }

    /** The constraint rows in the order in which they are tried: own before inherited. */
    public List<ConstraintRow> constraints() {
        List<ConstraintRow> rows = new ArrayList<>();
        for (int i = chain.size() - 1; i >= 0; i--) {
            List<Constraints> own = PmuChain.statements(chain.get(i), Constraints.class);
            own.forEach(block -> block.getRows().stream().filter(this::exists).forEach(rows::add));
            if (own.stream().anyMatch(Constraints::isOnly)) {
                break;
            }
        }
        return rows;
    }

    /** The period rows in the order in which they are tried: own before inherited. */
    public List<PeriodRow> periods() {
        List<PeriodRow> rows = new ArrayList<>();
        for (int i = chain.size() - 1; i >= 0; i--) {
            PmuChain.statements(chain.get(i), Periods.class).forEach(block -> rows.addAll(block.getRows()));
        }
        return rows;
    }

    /** The event tables, ancestors' first, each once. */
    public List<EventTable> tables() {
        return tables.tables();
    }

    /** The events that exist, by table. */
    public List<Event> events() {
        return tables.events();
    }

    /** How near the table is listed: 0 by the root of the chain; -1 where nobody in the chain lists it. */
    public int level(EventTable table) {
        return tables.level(table);
    }

    /** What perf's generic events are here: of each role the event of the nearest level that gives it, the first of that level. */
    public Map<EventRole, Event> roles() {
        return tables.roles();
    }

    /** The policies of the nearest part that lists any, as it lists them. */
    public List<PolicyUse> policies() {
        return nearest(UsePolicies.class).map(list -> list.getUses().stream()
                .filter(use -> use.getPolicy() != null && !use.getPolicy().eIsProxy()).toList()).orElse(List.of());
    }

    /** The architectural events that CPUID reports as absent. */
    public Set<Event> hidden() {
        Set<Event> hidden = new LinkedHashSet<>();
        all(Hides.class).forEach(hides -> hidden.addAll(hides.getEvents()));
        return hidden;
    }

    private <T extends Statement> List<T> replaced(Class<T> kind, java.util.function.Function<T, String> name) {
        Map<String, T> nearest = new LinkedHashMap<>();
        for (T statement : all(kind)) {
            if (name.apply(statement) != null) {
                nearest.put(name.apply(statement), statement);
            }
        }
        return List.copyOf(nearest.values());
    }
}
