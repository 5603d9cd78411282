package dev.vpmu.testing;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.ClocksModel;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.CpuidWords;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.LeafModel;
import dev.vpmu.dsl.model.PmuModel;
import dev.vpmu.dsl.model.RegisterModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values of a model, one a line, as the guide shows them. */
final class ModelListing {

    private ModelListing() {
    }

    /** What the guide can show of a model. */
    static List<String> of(PmuModel model) {
        List<String> lines = new ArrayList<>();
        for (CpuModel cpu : model.cpus()) {
            cpu.banks().forEach(bank -> lines.add(bank(bank)));
            cpu.layouts().forEach(layout -> lines.add(layout(layout)));
            cpu.addresses().forEach(address -> lines.add(address(cpu, address)));
            cpu.registers().forEach(register -> lines.add(register(register)));
            cpu.events().forEach(event -> lines.add(event(event)));
            cpu.clocks().ifPresent(clocks -> lines.add(clocks(clocks)));
            cpu.clockEvents().forEach(event -> lines.add("event " + code(event.code(), event.umask()) + " counts " + ticks(event.clock())));
            cpu.fixedEvents().forEach(fixed -> lines.add("counter " + fixed.globalIndex() + " counts " + counted(fixed.event())));
            cpu.leaves().forEach(leaf -> lines.add(leaf(leaf)));
            cpu.capabilities().forEach(capability -> lines.add("capability " + capability.name() + " = " + capability.value()));
        }
        return lines;
    }

    private static String bank(BankModel bank) {
        return "bank " + bank.name() + " counters " + bank.presentWithoutSmt() + " bits " + hex(bank.counters()) + " width " + bank.width();
    }

    private static String layout(LayoutModel layout) {
        return "layout " + layout.name() + " defined " + hex(layout.definedMask());
    }

    private static String address(CpuModel cpu, AddressModel address) {
        RegisterModel register = cpu.register(address.register()).orElseThrow();
        if (register.bank().isEmpty()) {
            return "msr " + hex(address.address()) + " is " + address.register() + " writable " + hex(register.writableMaskOfIndex().get(0));
        }
        int position = register.indexes().indexOf(address.index());
        return "msr " + hex(address.address()) + " is " + address.register() + "[" + address.index() + "] writable "
                + hex(register.writableMaskOfIndex().get(position));
    }

    private static String register(RegisterModel register) {
        return "msr " + register.name() + " reset " + hex(register.resetValue());
    }

    private static String event(EventModel event) {
        String encoding = "?";
        if (event.encoding() instanceof EventEncoding.Programmable word) {
            encoding = "selector " + hex(word.selector());
        } else if (event.encoding() instanceof EventEncoding.Fixed fixed) {
            encoding = "counter " + fixed.globalIndex() + " control " + hex(fixed.control());
        } else if (event.encoding() instanceof EventEncoding.Metric metric) {
            encoding = "bits " + (metric.low() + metric.width() - 1) + ":" + metric.low() + " of " + metric.register();
        }
        return "event " + event.name() + " " + encoding + " counters " + hex(event.counters());
    }

    private static String clocks(ClocksModel clocks) {
        return "clocks core " + clocks.megahertz(Clock.CORE) + " tsc " + clocks.megahertz(Clock.TSC) + " bus " + clocks.megahertz(Clock.BUS);
    }

    private static String counted(CountedEvent event) {
        if (event instanceof CountedEvent.Ticks ticks) {
            return ticks(ticks.clock());
        }
        return event instanceof CountedEvent.Occurrences same ? code(same.code(), same.umask()) : "its own event";
    }

    private static String ticks(Clock clock) {
        return "ticks of " + clock.name().toLowerCase(Locale.ROOT);
    }

    private static String code(int code, int umask) {
        return String.format("0x%02X:0x%02X", code, umask);
    }

    private static String leaf(LeafModel leaf) {
        CpuidWords words = leaf.withoutSmt();
        return "cpuid " + hex(leaf.leaf()) + " EAX " + hex(words.eax()) + " EBX " + hex(words.ebx()) + " ECX " + hex(words.ecx())
                + " EDX " + hex(words.edx());
    }

    private static String hex(int value) {
        return hex(Integer.toUnsignedLong(value));
    }

    private static String hex(long value) {
        return String.format("0x%X", value);
    }
}
