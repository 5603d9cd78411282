package dev.vpmu.dsl.model;

import dev.vpmu.dsl.model.policy.PolicyModel;
import java.util.List;
import java.util.Optional;

/**
 * One {@code cpu}, with everything it inherits.
 *
 * @param packageName the package of its file, and of the Java that is generated
 * @param name its name
 * @param version the architectural version; 0 where none is said
 * @param signatures which machines it is, by CPUID signature
 * @param banks the banks it has counters or records of, in order of their first index
 * @param capabilities every capability that can be seen in its chain, with the value it has here, in order of declaration
 * @param layouts the layouts that its registers use, in order of first use
 * @param registers its registers, in order of declaration, ancestors first
 * @param addresses every register element, by address
 * @param leaves the CPUID leaves it computes, by number
 * @param rdpmc how RDPMC reads ECX; absent where nothing is said
 * @param interrupt how the PMI is delivered; absent where nothing is said
 * @param freezes what a PMI freezes
 * @param branchRecords the branch records it keeps
 * @param preciseRecords the precise records it writes
 * @param extras the extra registers that some events need
 * @param constraints which counters can hold which events; the first row without {@code within} that matches decides, then all that have it
 * @param periods the smallest periods; the first row that matches decides
 * @param events its events, by table in order of the chain and then of the table
 * @param clocks how fast its clocks run; absent where nothing is said, and then all run alike
 * @param clockEvents the programmable events that count a clock's ticks, each code and unit mask once, in order of the roles
 * @param fixedEvents what the counters count whose control has no event code, by global index
 * @param policies the designs by which hypervisors share it, in the order it lists them
 * @param origin where it is declared
 */
public record CpuModel(String packageName, String name, int version, List<SignatureModel> signatures, List<BankModel> banks,
        List<CapabilityModel> capabilities, List<LayoutModel> layouts, List<RegisterModel> registers, List<AddressModel> addresses,
        List<LeafModel> leaves, Optional<RdpmcModel> rdpmc, Optional<InterruptModel> interrupt, List<FreezeModel> freezes,
        Optional<BranchRecordsModel> branchRecords, Optional<PreciseRecordsModel> preciseRecords, List<ExtraModel> extras,
        List<ConstraintModel> constraints, List<PeriodModel> periods, List<EventModel> events,
        Optional<ClocksModel> clocks, List<ClockEventModel> clockEvents, List<FixedEventModel> fixedEvents, List<PolicyModel> policies, Origin origin) {

    public CpuModel {
        signatures = List.copyOf(signatures);
        banks = List.copyOf(banks);
        capabilities = List.copyOf(capabilities);
        layouts = List.copyOf(layouts);
        registers = List.copyOf(registers);
        addresses = List.copyOf(addresses);
        leaves = List.copyOf(leaves);
        freezes = List.copyOf(freezes);
        extras = List.copyOf(extras);
        constraints = List.copyOf(constraints);
        periods = List.copyOf(periods);
        events = List.copyOf(events);
        clockEvents = List.copyOf(clockEvents);
        fixedEvents = List.copyOf(fixedEvents);
        policies = List.copyOf(policies);
    }

    /** The bank of that name. */
    public Optional<BankModel> bank(String name) {
        return banks.stream().filter(bank -> bank.name().equals(name)).findFirst();
    }

    /** The register of that name. */
    public Optional<RegisterModel> register(String name) {
        return registers.stream().filter(register -> register.name().equals(name)).findFirst();
    }

    /** The layout of that name. */
    public Optional<LayoutModel> layout(String name) {
        return layouts.stream().filter(layout -> layout.name().equals(name)).findFirst();
    }

    /** Every counter of every bank with a place in the mask words, whatever the state of SMT. */
    public long allCounters() {
        return banks.stream().mapToLong(BankModel::counters).reduce(0, (a, b) -> a | b);
    }
}
