package dev.vpmu.dsl.scoping;

import dev.vpmu.dsl.pmu.AliasAttribute;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.ClearsAttribute;
import dev.vpmu.dsl.pmu.CpuidLeaf;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.Extra;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.FieldArray;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.LayoutMember;
import dev.vpmu.dsl.pmu.NamedCapability;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.RegisterAttribute;
import dev.vpmu.dsl.pmu.RoleAttribute;
import dev.vpmu.dsl.pmu.SetsAttribute;
import dev.vpmu.dsl.pmu.Statement;
import dev.vpmu.dsl.pmu.UseEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a pmu and everything that it extends declare, by name; the nearest declaration of a name hides the inherited ones. */
public final class PmuChain {

    private PmuChain() {
    }

    /** The pmu and its ancestors, nearest first; ends where a parent is missing or would come round again. */
    public static List<Pmu> of(Pmu pmu) {
        Set<Pmu> chain = new LinkedHashSet<>();
        for (Pmu next = pmu; next != null && !next.eIsProxy() && chain.add(next); next = next.getParent()) {
            // the set ends the walk at a cycle
        }
        return new ArrayList<>(chain);
    }

    /** The layout and its ancestors, nearest first. */
    public static List<Layout> of(Layout layout) {
        Set<Layout> chain = new LinkedHashSet<>();
        for (Layout next = layout; next != null && !next.eIsProxy() && chain.add(next); next = next.getParent()) {
            // the set ends the walk at a cycle
        }
        return new ArrayList<>(chain);
    }

    /** Whether the whole chain is there: no parent is missing, and none comes round again. */
    public static boolean isWhole(Pmu pmu) {
        List<Pmu> chain = of(pmu);
        return !chain.isEmpty() && chain.get(chain.size() - 1).getParent() == null;
    }

    /** Whether the whole chain is there: no parent is missing, and none comes round again. */
    public static boolean isWhole(Layout layout) {
        List<Layout> chain = of(layout);
        return !chain.isEmpty() && chain.get(chain.size() - 1).getParent() == null;
    }

    /** Registers by name. */
    public static Map<String, Register> registers(Pmu pmu) {
        return named(pmu, Register.class, Register::getName);
    }

    /** Capabilities by name. */
    public static Map<String, Capability> capabilities(Pmu pmu) {
        Map<String, Capability> found = new LinkedHashMap<>();
        of(pmu).forEach(part -> declared(part).forEach(capability -> found.putIfAbsent(capability.getName(), capability)));
        found.remove(null);
        return found;
    }

    /** The capabilities that the pmu itself declares, in its leaves, its statements, or the layouts of its registers. */
    public static List<Capability> declared(Pmu pmu) {
        List<Capability> declared = new ArrayList<>();
        for (Statement statement : pmu.getStatements()) {
            if (statement instanceof NamedCapability named) {
                declared.add(named.getCapability());
            } else if (statement instanceof CpuidLeaf leaf) {
                leaf.getFields().forEach(field -> declared.add(field.getCapability()));
            } else if (statement instanceof Register register) {
                register.getAttributes().stream().filter(RoleAttribute.class::isInstance).map(RoleAttribute.class::cast).findFirst()
                        .ifPresent(role -> of(role.getLayout()).forEach(layout -> layout.getMembers().stream()
                                .filter(Field.class::isInstance).map(Field.class::cast).forEach(field -> declared.add(field.getCapability()))));
            }
        }
        declared.removeIf(Objects::isNull);
        return declared;
    }

    /** Extra-register groups by name. */
    public static Map<String, Extra> extras(Pmu pmu) {
        return named(pmu, Extra.class, Extra::getName);
    }

    /** Events of every table in the chain, by name. */
    public static Map<String, Event> events(Pmu pmu) {
        Map<String, Event> found = new LinkedHashMap<>();
        for (Pmu part : of(pmu)) {
            for (UseEvents use : statements(part, UseEvents.class)) {
                for (EventTable table : use.getTables()) {
                    table.getEvents().forEach(event -> found.putIfAbsent(event.getName(), event));
                }
            }
        }
        return found;
    }

    /** The statements of one kind that the pmu itself makes. */
    public static <T> List<T> statements(Pmu pmu, Class<T> kind) {
        return pmu.getStatements().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The layout that names the register's bits: its own, or its target's when it is an alias, a clear or a set register. */
    public static Layout layout(Register register) {
        return layout(register, new LinkedHashSet<>());
    }

    private static Layout layout(Register register, Set<Register> seen) {
        if (register == null || register.eIsProxy() || !seen.add(register)) {
            return null;
        }
        Register target = null;
        for (RegisterAttribute attribute : register.getAttributes()) {
            if (attribute instanceof RoleAttribute role && role.getLayout() != null) {
                return role.getLayout();
            } else if (attribute instanceof AliasAttribute alias) {
                target = alias.getTarget();
            } else if (attribute instanceof ClearsAttribute clears) {
                target = clears.getTarget();
            } else if (attribute instanceof SetsAttribute sets) {
                target = sets.getTarget();
            }
        }
        return layout(target, seen);
    }

    /** All fields of a layout by name, of its arrays as well; the nearest declaration first. */
    public static Map<String, Field> fields(Layout layout) {
        return fields(layout, member -> true);
    }

    /** The fields that settings of programmable events can name: those outside arrays, of the pmu's selectors with an array of registers. */
    public static Map<String, Field> selectorFields(Pmu pmu) {
        return settingFields(pmu, member -> member instanceof Field);
    }

    /** The fields that settings of events on a counter of {@code bank} can name: those of the arrays over that bank. */
    public static Map<String, Field> controlFields(Pmu pmu, Bank bank) {
        return settingFields(pmu, member -> member instanceof FieldArray array && bank.equals(array.getBank()));
    }

    private static Map<String, Field> settingFields(Pmu pmu, Predicate<LayoutMember> members) {
        Map<String, Field> found = new LinkedHashMap<>();
        registers(pmu).values().stream().filter(PmuChain::isSelector)
                .forEach(register -> fields(layout(register), members).forEach(found::putIfAbsent));
        return found;
    }

    /** Whether the register says itself that it is a selector. */
    static boolean isSelector(Register register) {
        return register.getAttributes().stream()
                .anyMatch(attribute -> attribute instanceof RoleAttribute role && "selector".equals(role.getRole()));
    }

    private static Map<String, Field> fields(Layout layout, Predicate<LayoutMember> members) {
        Map<String, Field> found = new LinkedHashMap<>();
        for (Layout part : of(layout)) {
            for (LayoutMember member : part.getMembers()) {
                if (!members.test(member)) {
                    continue;
                }
                if (member instanceof Field field) {
                    found.putIfAbsent(field.getName(), field);
                } else if (member instanceof FieldArray array) {
                    array.getFields().forEach(field -> found.putIfAbsent(field.getName(), field));
                }
            }
        }
        return found;
    }

    private static <T> Map<String, T> named(Pmu pmu, Class<T> kind, Function<T, String> name) {
        Map<String, T> found = new LinkedHashMap<>();
        for (Pmu part : of(pmu)) {
            for (T statement : statements(part, kind)) {
                found.putIfAbsent(name.apply(statement), statement);
            }
        }
        found.remove(null);
        return found;
    }
}
