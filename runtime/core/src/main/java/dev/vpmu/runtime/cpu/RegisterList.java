package dev.vpmu.runtime.cpu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects a CPU's registers, arrays element by element, and hands them out by address. */
public final class RegisterList {

    private final List<RegisterElement> elements = new ArrayList<>();

    /** Adds a single register. */
    public RegisterList single(long address, String name, String role) {
        elements.add(new RegisterElement(address, name, role, false));
        return this;
    }

    /**
     * Adds an array.
     *
     * @param address the address of element 0
     * @param stride the distance of two elements' addresses
     * @param withSmt which elements exist with SMT on: bit i for element i
     * @param withoutSmt which elements exist with SMT off
     */
    public RegisterList array(long address, int stride, String name, String role, long withSmt, long withoutSmt) {
        for (long left = withSmt | withoutSmt; left != 0; left &= left - 1) {
            int index = Long.numberOfTrailingZeros(left);
            elements.add(new RegisterElement(address + (long) index * stride, name + "[" + index + "]", role, (withSmt >>> index & 1) == 0));
        }
        return this;
    }

    /** Every element, by address. */
    public List<RegisterElement> byAddress() {
        return elements.stream().sorted(Comparator.comparing(RegisterElement::address, Long::compareUnsigned)).toList();
    }
}
