package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Acknowledge;
import dev.vpmu.dsl.model.ArrayPlace;
import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.BranchRecordsModel;
import dev.vpmu.dsl.model.CapabilityModel;
import dev.vpmu.dsl.model.ClocksModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EnumeratedAt;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.FreezeSubject;
import dev.vpmu.dsl.model.InterruptModel;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.PreciseRecordsModel;
import dev.vpmu.dsl.model.RdpmcModel;
import dev.vpmu.dsl.model.SignatureModel;
import dev.vpmu.dsl.model.Storage;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.Clocks;
import dev.vpmu.dsl.pmu.CpuidField;
import dev.vpmu.dsl.pmu.CpuidLeaf;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.Freeze;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.xtext.EcoreUtil2;

/** Turns one cpu, its inheritance worked out, into the immutable {@link CpuModel}. */
public final class ModelResolver {

    private final FlatPmu pmu;

    private ModelResolver(FlatPmu pmu) {
        this.pmu = pmu;
    }

    /** The model of {@code cpu}; only that of a cpu without errors is complete. */
    public static CpuModel resolve(FlatPmu cpu) {
        return new ModelResolver(cpu).cpu();
    }

    private CpuModel cpu() {
        Pmu element = pmu.pmu();
        PmuFile file = EcoreUtil2.getContainerOfType(element, PmuFile.class);
        RegisterResolver registers = new RegisterResolver(pmu);
        EventResolver events = new EventResolver(pmu);
        CountedEvents counted = new CountedEvents(pmu);
        return new CpuModel(file.getName(), element.getName(), pmu.version(), signatures(), banks(), capabilities(), layouts(),
                registers.registers(), registers.addresses(), LeafResolver.leaves(pmu), rdpmc(), interrupt(), freezes(),
                branchRecords(), preciseRecords(), events.extras(), events.constraints(), events.periods(), events.events(),
                clocks(), counted.clockEvents(), counted.fixedEvents(), policies(), Origins.of(element));
    }

    private List<PolicyModel> policies() {
        return pmu.policies().stream().map(use -> new FlatPolicy(use, pmu).model()).toList();
    }

    private List<SignatureModel> signatures() {
        return pmu.signatures().stream().map(signature -> new SignatureModel(signature.getVendor(), Numbers.intOf(signature.getFamily()),
                Numbers.ranges(signature.getModels()), Numbers.ranges(signature.getSteppings()), Origins.of(signature))).toList();
    }

    private List<BankModel> banks() {
        return pmu.banks().stream().map(bank -> new BankModel(bank.bank().getName(), optional(bank.bank().getIndex()),
                optional(bank.bank().getRdpmcType()), bank.width(), bank.withSmt(), bank.withoutSmt(), Origins.of(bank.declaration()))).toList();
    }

    private static OptionalInt optional(Long number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(Numbers.intOf(number));
    }

    private List<CapabilityModel> capabilities() {
        Map<Capability, EnumeratedAt> reported = new LinkedHashMap<>();
        for (Register register : pmu.registers()) {
            Optional.ofNullable(RegisterFacts.ownLayout(register)).map(pmu::layout).ifPresent(layout -> layout.fields().stream()
                    .filter(field -> field.field().getCapability() != null)
                    .forEach(field -> reported.put(field.field().getCapability(), new EnumeratedAt.RegisterField(register.getName(), field.name()))));
        }
        for (CpuidField field : pmu.cpuidFields()) {
            if (field.getCapability() != null) {
                CpuidLeaf leaf = (CpuidLeaf) field.eContainer();
                reported.put(field.getCapability(), new EnumeratedAt.LeafBits((int) Numbers.of(leaf.getLeaf()), Numbers.intOf(leaf.getSubleaf()),
                        dev.vpmu.dsl.model.CpuidRegister.valueOf(field.getRegister().getName()), Numbers.bits(field.getRange())));
            }
        }
        return pmu.capabilities().declared().stream().filter(capability -> capability.getName() != null)
                .map(capability -> new CapabilityModel(capability.getName(), pmu.capabilities().value(capability),
                        Optional.ofNullable(reported.get(capability)), Origins.of(capability))).toList();
    }

    private List<LayoutModel> layouts() {
        Set<Layout> used = new LinkedHashSet<>();
        pmu.registers().forEach(register -> pmu.layout(register).ifPresent(layout -> used.add(layout.layout())));
        return used.stream().map(layout -> layout(pmu.layout(layout))).toList();
    }

    private LayoutModel layout(FlatLayout layout) {
        LayoutBits bits = new LayoutBits(pmu, layout);
        List<FieldModel> fields = new ArrayList<>();
        for (FlatField field : layout.fields()) {
            Optional<ArrayPlace> array = Optional.ofNullable(field.array()).filter(place -> place.getBank() != null)
                    .map(place -> new ArrayPlace(place.getBank().getName(), field.offset(), field.stride(), bits.indexes(field)));
            Field declaration = field.field();
            fields.add(new FieldModel(field.name(), field.low(), field.width(), field.role(), field.roleLow(),
                    declaration.isIgnored() ? Storage.IGNORED : Storage.EFFECTIVE, array, pmu.counters(declaration.getCounters()),
                    Origins.of(declaration)));
        }
        return new LayoutModel(layout.layout().getName(), layout.width(), layout.reserved(), fields, bits.defined(), bits.withoutSmtOnly(),
                Origins.of(layout.layout()));
    }

    private Optional<RdpmcModel> rdpmc() {
        return pmu.rdpmc().map(rdpmc -> new RdpmcModel(Optional.ofNullable(rdpmc.getType()).map(Numbers::bits), Numbers.bits(rdpmc.getIndex()),
                rdpmc.isExitFirst(), Origins.of(rdpmc)));
    }

    private Optional<InterruptModel> interrupt() {
        return pmu.interrupt().map(interrupt -> new InterruptModel(interrupt.isMasksItself(),
                Acknowledge.valueOf(interrupt.getAcknowledged().name()), Origins.of(interrupt)));
    }

    private Optional<ClocksModel> clocks() {
        return pmu.nearest(Clocks.class).map(clocks -> new ClocksModel(Numbers.of(clocks.getCore()), Numbers.of(clocks.getTsc()),
                Numbers.of(clocks.getBus()), Origins.of(clocks)));
    }

    private List<FreezeModel> freezes() {
        List<FreezeModel> freezes = new ArrayList<>();
        for (Freeze freeze : pmu.freezes()) {
            if (freeze.getFlag() == null || freeze.getFlag().getRegister() == null || freeze.getTarget() == null) {
                continue;
            }
            freezes.add(new FreezeModel(FreezeSubject.valueOf(freeze.getSubject().name()), freeze.getFlag().getRegister().getName(),
                    fieldMask(freeze.getFlag().getRegister(), freeze.getFlag().getField()), freeze.getTarget().getName(),
                    freeze.getTargetField() == null ? wholeMask(freeze.getTarget()) : fieldMask(freeze.getTarget(), freeze.getTargetField()),
                    !freeze.isClears(), Origins.of(freeze)));
        }
        return freezes;
    }

    /** The bits of the field of that name in the register as it is on this cpu, which may be another layout's than the one that was linked. */
    private long fieldMask(Register register, Field field) {
        return field == null ? 0 : layoutHere(register).map(layout -> layout.fields().stream()
                .filter(found -> found.name().equals(field.getName()))
                .mapToLong(found -> new LayoutBits(pmu, layout).of(found)).reduce(0, (a, b) -> a | b)).orElse(0L);
    }

    private long wholeMask(Register register) {
        return layoutHere(register).map(layout -> new LayoutBits(pmu, layout).defined()).orElse(-1L);
    }

    private Optional<FlatLayout> layoutHere(Register register) {
        Register here = PmuChain.registers(pmu.pmu()).getOrDefault(register.getName(), register);
        return pmu.layout(here);
    }

    private Optional<BranchRecordsModel> branchRecords() {
        return pmu.branchRecords().filter(records -> records.getBank() != null).map(records -> new BranchRecordsModel(
                records.getBank().getName(), Numbers.indexes(records.getIndexes()).size(), optional(records.getFormat()), Origins.of(records)));
    }

    private Optional<PreciseRecordsModel> preciseRecords() {
        return pmu.preciseRecords().map(records -> new PreciseRecordsModel(Numbers.intOf(records.getFormat()), pmu.counters(records.getCounters()),
                records.getDistributed() == null ? 0 : pmu.counters(records.getDistributed()), Origins.of(records)));
    }
}
