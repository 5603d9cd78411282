package dev.vpmu.generator.machine.owning;

import dev.vpmu.runtime.machine.MachineListener.Access;
import dev.vpmu.runtime.machine.MachineListener.Party;
import java.util.Locale;

/** An access to a hardware register. */
record Traffic(Party party, Access access, int address, long value) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s 0x%X 0x%X", party, access, address, value);
    }
}
