package dev.vpmu.dsl.rules.registers;

import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.Signature;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;
import java.util.Set;

/**
 * A register at an address for which hypervisors have no intercept bit: each access to it exits. VMX's bitmap has two ranges, SVM's
 * a third (SDM vol. 3, 26.6.9; APM vol. 2, 15.11).
 */
public final class MsrBitmap implements PmuRule {

    private static final int RANGE = 0x2000;
    private static final long LOW = 0;
    private static final long HIGH = 0xC000_0000L;
    private static final long SVM_ONLY = 0xC001_0000L;
    private static final long LAST_ADDRESS = 0xFFFF_FFFFL;
    private static final Set<String> WITH_SVM = Set.of("AuthenticAMD", "HygonGenuine");

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0208", Severity.WARNING, "The addresses of registers are within the ranges of the MSR bitmap.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        List<Signature> signatures = pmu.signatures();
        boolean svm = signatures.isEmpty() || signatures.stream().anyMatch(signature -> WITH_SVM.contains(signature.getVendor()));
        String ranges = "0x0..0x1FFF and 0xC0000000..0xC0001FFF" + (svm ? ", on AMD 0xC0010000..0xC0011FFF" : "");
        for (Register register : pmu.registers()) {
            List<Element> elements = Element.of(register, pmu);
            if (elements.isEmpty() && register.getAddress() != null) {
                elements = List.of(new Element(register, 0, register.getAddress()));
            }
            if (elements.isEmpty() || Long.compareUnsigned(elements.get(elements.size() - 1).address(), LAST_ADDRESS) > 0) {
                continue;
            }
            elements.stream().filter(element -> !covered(element.address(), svm)).findFirst().ifPresent(element ->
                    findings.report(Places.of(register, PmuPackage.eINSTANCE.getRegister_Address()), element.text() + " is at "
                            + Numbers.hex(element.address()) + ", outside the MSR bitmap (" + ranges
                            + "): every access would exit, whatever a policy says"));
        }
    }

    private static boolean covered(long address, boolean svm) {
        return in(LOW, address) || in(HIGH, address) || svm && in(SVM_ONLY, address);
    }

    private static boolean in(long start, long address) {
        return start <= address && address < start + RANGE;
    }
}
