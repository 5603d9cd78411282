package dev.vpmu.generator.machine.owning;

import dev.vpmu.runtime.machine.MachineListener.Party;
import dev.vpmu.runtime.registers.LvtEntry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a guest, its vCPU or its host does, and how many accesses to hardware registers that takes. */
enum TrafficPath {
    FIRST_ENABLE, FIXED_INTERRUPT, FIXED_ENABLE, COUNTER_WRITE, SELECTOR_READ, GLOBAL_TOGGLE, STATUS_READ, RDPMC, ENTRY, EXIT, PMI, OVF_CTRL, OUT, IN, PUT, LOAD,
    FIXED_DISABLE, DISABLE, OTHER_SELECTOR, EMULATED;

    private static final long SELECTOR = Intel.selector(Work.BRANCHES) | Intel.INTERRUPTS;
    private static final long BOTH = 1L << Intel.FIXED + 1 | 1;

    /**
     * How often a register was read by RDMSR, written, and read by RDPMC; by the host, and on entry and exit by the CPU itself, too.
     */
    record Count(int reads, int writes, int rdpmcs) {

        static Count of(List<Traffic> traffic, boolean switches) {
            int[] counts = new int[3];
            traffic.stream().filter(access -> switches || access.party() == Party.HOST).forEach(access -> counts[access.access().ordinal()]++);
            return new Count(counts[0], counts[1], counts[2]);
        }

        @Override
        public String toString() {
            return reads + "/" + writes + "/" + rdpmcs;
        }
    }

    /**
     * Walks all paths, in order, with one guest on a host without events. From {@link #FIXED_ENABLE} on its general counter 0 and its fixed
     * counter 1 count. An access is all that the host does from VM-exit to VM-entry, a toggle two of them, a PMI all that it does until the
     * guest runs again.
     */
    static Map<TrafficPath, Count> measure(Stage stage) {
        OwningGuest guest = stage.waiting("guest");
        stage.schedule(stage.first, guest);
        guest.run();
        // posted hypervisors listen to PMIs only from here on
        stage.idle(stage.first);
        stage.schedule(stage.first, guest);
        guest.enable(BOTH);
        guest.wrmsr(Intel.PMC, 1_000);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        Map<TrafficPath, Count> table = new EnumMap<>(TrafficPath.class);
        for (TrafficPath path : values()) {
            path.prepare(stage, guest);
            stage.happenings.takeTraffic();
            path.go(stage, guest);
            table.put(path, Count.of(stage.happenings.takeTraffic(), path == ENTRY || path == EXIT));
        }
        return table;
    }

    private void prepare(Stage stage, OwningGuest guest) {
        switch (this) {
            case ENTRY, OUT, PUT -> stage.first.tick();
            case PMI -> {
                guest.enable(0);
                guest.wrmsr(Intel.PMC, -5);
                guest.enable(BOTH);
            }
            case EMULATED -> {
                guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x3);
                guest.enable(1L << Intel.FIXED);
            }
            case FIXED_DISABLE -> guest.vcpu.work(Work.of(1, 0).step());
            default -> { }
        }
    }

    private void go(Stage stage, OwningGuest guest) {
        switch (this) {
            case FIRST_ENABLE -> guest.wrmsr(Intel.EVENTSEL, SELECTOR);
            case FIXED_INTERRUPT -> guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x80);
            case FIXED_ENABLE -> guest.wrmsr(Intel.FIXED_CTR_CTRL, 0xB0);
            case COUNTER_WRITE -> guest.wrmsr(Intel.PMC, -1_000);
            case SELECTOR_READ -> guest.rdmsr(Intel.EVENTSEL);
            case GLOBAL_TOGGLE -> {
                guest.enable(0);
                guest.enable(BOTH);
            }
            case STATUS_READ -> guest.rdmsr(Intel.STATUS);
            case RDPMC -> guest.rdpmc(0);
            case ENTRY -> guest.vcpu.work(Work.of(1, 0).step());
            case EXIT -> stage.first.tick();
            case PMI -> guest.vcpu.work(Work.of(10, 10).step());
            case OVF_CTRL -> guest.wrmsr(Intel.OVF_CTRL, 1);
            case OUT -> stage.first.schedule(null);
            case IN -> stage.first.schedule(guest.vcpu);
            case PUT -> guest.vcpu.returnToUserSpace();
            case LOAD -> guest.vcpu.run();
            case FIXED_DISABLE -> guest.wrmsr(Intel.FIXED_CTR_CTRL, 0);
            case DISABLE -> guest.wrmsr(Intel.EVENTSEL, SELECTOR & ~Intel.ENABLE);
            case OTHER_SELECTOR -> guest.wrmsr(Intel.EVENTSEL + 1, SELECTOR & ~Intel.ENABLE);
            case EMULATED -> guest.cpuid();
        }
    }
}
