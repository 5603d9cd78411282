package dev.vpmu.dsl.rules.versions;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.NumberRange;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Signature;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.SetRule;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine that is two CPUs at once. */
public final class ContestedSignatures implements SetRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    /** One model entry of a cpu's signature. */
    private record Claim(FlatPmu cpu, Signature signature, int index) {

        NumberRange models() {
            return signature.getModels().get(index);
        }

        Place place() {
            return signature.eContainer() == cpu.pmu() ? Places.of(signature, PMU.getSignature_Models(), index) : Places.ofName(cpu.pmu());
        }
    }

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0802", Severity.ERROR, "A signature is one CPU's.");
    }

    @Override
    public void check(List<PmuFile> files, List<FlatPmu> pmus, Findings findings) {
        Map<String, List<Claim>> byFamily = new HashMap<>();
        for (FlatPmu cpu : pmus) {
            for (Signature signature : cpu.isCpu() ? cpu.signatures() : List.<Signature>of()) {
                if (signature.getVendor() == null || signature.getFamily() == null) {
                    continue;
                }
                String family = signature.getVendor() + " " + signature.getFamily();
                List<Claim> others = byFamily.computeIfAbsent(family, key -> new ArrayList<>());
                for (int i = 0; i < signature.getModels().size(); i++) {
                    Claim claim = new Claim(cpu, signature, i);
                    others.stream().filter(other -> other.cpu() != cpu && conflict(other, claim)).findFirst()
                            .ifPresent(other -> report(claim, other, findings));
                    others.add(claim);
                }
            }
        }
    }

    private static boolean conflict(Claim a, Claim b) {
        List<NumberRange> steppings = a.signature().getSteppings();
        List<NumberRange> others = b.signature().getSteppings();
        return overlap(a.models(), b.models()) && (steppings.isEmpty() || others.isEmpty()
                || steppings.stream().anyMatch(one -> others.stream().anyMatch(two -> overlap(one, two))));
    }

    private static boolean overlap(NumberRange a, NumberRange b) {
        return a.getLow() != null && b.getLow() != null && Numbers.low(a) <= Numbers.high(b) && Numbers.low(b) <= Numbers.high(a);
    }

    private static void report(Claim claim, Claim other, Findings findings) {
        int model = Math.max(Numbers.low(claim.models()), Numbers.low(other.models()));
        boolean inherited = claim.signature().eContainer() != claim.cpu().pmu();
        findings.report(claim.place(), "model " + Numbers.hex(model) + " is " + other.cpu().name() + " already"
                + (inherited ? "; give " + claim.cpu().name() + " a signature of its own"
                        : "; tell the two apart by 'stepping', or give it to one"),
                other.place());
    }
}
