package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.rules.constraints.EmptyRows;
import dev.vpmu.dsl.rules.constraints.ImpossiblePatterns;
import dev.vpmu.dsl.rules.constraints.MissingPartners;
import dev.vpmu.dsl.rules.constraints.ShadowedRows;
import dev.vpmu.dsl.rules.constraints.UnmovableEvents;
import dev.vpmu.dsl.rules.costs.ImpossibleCosts;
import dev.vpmu.dsl.rules.costs.UnpricedSteps;
import dev.vpmu.dsl.rules.costs.UnsourcedCosts;
import dev.vpmu.dsl.rules.counters.CounterWidth;
import dev.vpmu.dsl.rules.counters.CountersWithoutSmt;
import dev.vpmu.dsl.rules.counters.GlobalIndexes;
import dev.vpmu.dsl.rules.counters.ImpossibleClocks;
import dev.vpmu.dsl.rules.counters.SaidBySelectors;
import dev.vpmu.dsl.rules.counters.SignExtension;
import dev.vpmu.dsl.rules.counters.UnknownCounters;
import dev.vpmu.dsl.rules.cpuid.Contradictions;
import dev.vpmu.dsl.rules.cpuid.LeafBits;
import dev.vpmu.dsl.rules.cpuid.UnreportedGaps;
import dev.vpmu.dsl.rules.cpuid.ValueTooLarge;
import dev.vpmu.dsl.rules.events.ArchitecturalEncodings;
import dev.vpmu.dsl.rules.events.DuplicateEventNames;
import dev.vpmu.dsl.rules.events.ForbiddenCounters;
import dev.vpmu.dsl.rules.events.ForeignTables;
import dev.vpmu.dsl.rules.events.GenericRoles;
import dev.vpmu.dsl.rules.events.ImpossibleExtraValues;
import dev.vpmu.dsl.rules.events.ImpossiblePeriods;
import dev.vpmu.dsl.rules.events.ImpossiblePrecision;
import dev.vpmu.dsl.rules.events.ImpossibleSettings;
import dev.vpmu.dsl.rules.events.RepeatedAttributes;
import dev.vpmu.dsl.rules.events.SameEncodings;
import dev.vpmu.dsl.rules.events.UncountableEvents;
import dev.vpmu.dsl.rules.events.WideCodes;
import dev.vpmu.dsl.rules.layouts.FieldsOnCounters;
import dev.vpmu.dsl.rules.layouts.FieldsOutside;
import dev.vpmu.dsl.rules.layouts.NothingToReserve;
import dev.vpmu.dsl.rules.layouts.OverlappingFields;
import dev.vpmu.dsl.rules.layouts.ReversedBits;
import dev.vpmu.dsl.rules.layouts.RoleSlices;
import dev.vpmu.dsl.rules.layouts.SelectorRoles;
import dev.vpmu.dsl.rules.names.ExtendsItself;
import dev.vpmu.dsl.rules.names.LongFile;
import dev.vpmu.dsl.rules.names.SameName;
import dev.vpmu.dsl.rules.names.UnsourcedFact;
import dev.vpmu.dsl.rules.names.Unused;
import dev.vpmu.dsl.rules.policies.ContradictingStatements;
import dev.vpmu.dsl.rules.policies.HastySelectors;
import dev.vpmu.dsl.rules.policies.HypotheticalPolicies;
import dev.vpmu.dsl.rules.policies.KeptCounters;
import dev.vpmu.dsl.rules.policies.LostOverflows;
import dev.vpmu.dsl.rules.policies.MisplacedOwned;
import dev.vpmu.dsl.rules.policies.MisplacedSteps;
import dev.vpmu.dsl.rules.policies.OneSidedSwitches;
import dev.vpmu.dsl.rules.policies.PreciseRecordsInGuest;
import dev.vpmu.dsl.rules.policies.ResetBeforeReturn;
import dev.vpmu.dsl.rules.policies.UnclearedReturns;
import dev.vpmu.dsl.rules.policies.UnfitParts;
import dev.vpmu.dsl.rules.policies.UnkeptPassthrough;
import dev.vpmu.dsl.rules.policies.UnloadedSwitches;
import dev.vpmu.dsl.rules.policies.UnmatchedAllowances;
import dev.vpmu.dsl.rules.policies.UnmetRequirements;
import dev.vpmu.dsl.rules.policies.leaks.LeakRules;
import dev.vpmu.dsl.rules.registers.AddressTaken;
import dev.vpmu.dsl.rules.registers.ArrayRoom;
import dev.vpmu.dsl.rules.registers.BitsOutsideLayout;
import dev.vpmu.dsl.rules.registers.ExcludingAttributes;
import dev.vpmu.dsl.rules.registers.MsrBitmap;
import dev.vpmu.dsl.rules.registers.RegisterTargets;
import dev.vpmu.dsl.rules.registers.UndeclaredCapabilities;
import dev.vpmu.dsl.rules.registers.UnpairedCounters;
import dev.vpmu.dsl.rules.versions.ContestedSignatures;
import dev.vpmu.dsl.rules.versions.FixedCounterVersions;
import dev.vpmu.dsl.rules.versions.GlobalRegisters;
import dev.vpmu.dsl.rules.versions.OpenEnds;
import dev.vpmu.dsl.rules.versions.StreamlinedFreeze;
import dev.vpmu.dsl.rules.versions.UnsignedCpus;
import java.util.List;
import java.util.stream.Stream;

/** The rules that come with the language, by subject. */
final class LanguageRules {

    private LanguageRules() {
    }

    static List<Rule> all() {
        return Stream.of(names(), layouts(), registers(), counters(), cpuid(), events(), constraints(), versions(), policies(), LeakRules.all(), costs())
                .flatMap(List::stream).toList();
    }

    /** PMU00xx. */
    private static List<Rule> names() {
        return List.of(new SameName(), new UnsourcedFact(), new LongFile(), new ExtendsItself(), new Unused());
    }

    /** PMU01xx. */
    private static List<Rule> layouts() {
        return List.of(new OverlappingFields(), new FieldsOutside(), new RoleSlices(), new ReversedBits(), new SelectorRoles(),
                new FieldsOnCounters(), new NothingToReserve());
    }

    /** PMU02xx. */
    private static List<Rule> registers() {
        return List.of(new AddressTaken(), new ArrayRoom(), new RegisterTargets(), new ExcludingAttributes(), new UndeclaredCapabilities(),
                new BitsOutsideLayout(), new UnpairedCounters(), new MsrBitmap());
    }

    /** PMU03xx. */
    private static List<Rule> counters() {
        return List.of(new CounterWidth(), new GlobalIndexes(), new CountersWithoutSmt(), new UnknownCounters(), new SignExtension(),
                new ImpossibleClocks(), new SaidBySelectors());
    }

    /** PMU04xx. */
    private static List<Rule> cpuid() {
        return List.of(new LeafBits(), new ValueTooLarge(), new Contradictions(), new UnreportedGaps());
    }

    /** PMU05xx. */
    private static List<Rule> events() {
        return List.of(new WideCodes(), new ImpossibleSettings(), new DuplicateEventNames(), new SameEncodings(),
                new ForbiddenCounters(), new UncountableEvents(), new ImpossibleExtraValues(), new ImpossiblePeriods(),
                new ImpossiblePrecision(), new ArchitecturalEncodings(), new GenericRoles(), new ForeignTables(),
                new RepeatedAttributes());
    }

    /** PMU06xx. */
    private static List<Rule> constraints() {
        return List.of(new ShadowedRows(), new EmptyRows(), new ImpossiblePatterns(), new MissingPartners(),
                new UnmovableEvents());
    }

    /** PMU08xx. */
    private static List<Rule> versions() {
        return List.of(new UnsignedCpus(), new ContestedSignatures(), new OpenEnds(), new GlobalRegisters(),
                new StreamlinedFreeze(), new FixedCounterVersions());
    }

    /** PMU0807 and PMU09xx. */
    private static List<Rule> policies() {
        return List.of(new UnmetRequirements(), new UnkeptPassthrough(), new OneSidedSwitches(), new UnloadedSwitches(), new UnclearedReturns(),
                new MisplacedOwned(), new HastySelectors(), new ContradictingStatements(), new KeptCounters(), new PreciseRecordsInGuest(),
                new ResetBeforeReturn(), new LostOverflows(), new HypotheticalPolicies(), new UnfitParts(), new MisplacedSteps(),
                new UnmatchedAllowances());
    }

    /** PMU10xx. */
    private static List<Rule> costs() {
        return List.of(new UnpricedSteps(), new UnsourcedCosts(), new ImpossibleCosts());
    }
}
