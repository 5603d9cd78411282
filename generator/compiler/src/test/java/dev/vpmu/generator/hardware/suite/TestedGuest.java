package dev.vpmu.generator.hardware.suite;

import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.runtime.perf.AsPosted;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.perf.PinnedChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A guest's CPU on a host that is otherwise idle.
 *
 * @param cpu what the guest has; every new PMU of it is on a new machine
 * @param host the machine's CPU, as hardware
 */
record TestedGuest(TestedCpu cpu, TestedCpu host) {

    /** What a hypervisor of 2018 showed on a Broadwell: a write of any counter sign-extends 32 bits, and there is no other way to write one (domain.md §2.7). */
    private static final String BROADWELL_OF_2018 = """
            package guests

            import vpmu.intel.*
            import vpmu.intel.arch.*
            import vpmu.policies.*

            cpu BroadwellOf2018 extends Broadwell {
                signature GenuineIntel family 6 model 0xE7
                clocks core 2200 MHz tsc 2200 MHz bus 100 MHz
                lacks full_width_write
                msr IA32_FIXED_CTR[fixed]  0x309  is value  write sign-extends 32 bits
                policies EventOriented2018
            }
            """;
    private static final String SMALL_V5_OF_2018 = """
            package guests

            import vpmu.intel.arch.*
            import vpmu.policies.*

            cpu SmallV5Of2018 extends ArchPerfmonV5 {
                signature GenuineIntel family 6 model 0xE8
                clocks core 2900 MHz tsc 2100 MHz bus 25 MHz
                counters gp     [0..3]     width 48 bits
                counters fixed  [0..1, 3]  width 48 bits
                has rtm
                msr IA32_FIXED_CTR[fixed]  0x309  is value  write sign-extends 32 bits
                policies EventOriented2018
            }
            """;

    private static final String SMALL_V5 = """
            package guests

            import vpmu.intel.arch.*
            import vpmu.policies.*

            cpu SmallV5 extends ArchPerfmonV5 {
                signature GenuineIntel family 6 model 0xE5
                clocks core 2900 MHz tsc 2100 MHz bus 25 MHz
                counters gp     [0..3]     width 48 bits
                counters fixed  [0..1, 3]  width 48 bits
                has pdcm, rtm, full_width_write, pebs_baseline, perf_metrics
                policies EventOriented, RegisterOriented, RegisterOrientedAsPosted
            }
            """;

    private static final List<Subject> SUBJECTS = load();
    private static final Subject BROADWELL = SUBJECTS.get(0);
    private static final Subject VERSION_5 = SUBJECTS.get(1);

    private static List<Subject> load() {
        try {
            return Subjects.load(List.of(new DescribedCpu("vpmu.intel", "BroadwellEP", "", null),
                    new DescribedCpu("guests", "SmallV5", SMALL_V5, null),
                    new DescribedCpu("guests", "BroadwellOf2018", BROADWELL_OF_2018, null),
                    new DescribedCpu("guests", "SmallV5Of2018", SMALL_V5_OF_2018, null))).all();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Guests with today's virtual PMU, which shows the host's CPU. */
    static List<TestedGuest> today(boolean watchdog) {
        return guests("today's guest", "EventOriented", Set.of(), watchdog, BROADWELL, VERSION_5);
    }

    /** Guests with the virtual PMU of 2018. */
    static List<TestedGuest> of2018(boolean watchdog) {
        return guests("a guest of 2018", "EventOriented2018", Set.of(), watchdog, SUBJECTS.get(2), SUBJECTS.get(3));
    }

    /** Guests that own counters, as the series was meant. */
    static List<TestedGuest> owning(boolean watchdog) {
        return guests("a guest that owns counters", "RegisterOriented", Set.of(), watchdog, BROADWELL, VERSION_5);
    }

    /** Guests that own counters, as the series was posted. */
    static List<TestedGuest> asPosted() {
        return guests("a guest as posted", "RegisterOrientedAsPosted", EnumSet.allOf(AsPosted.class), false, BROADWELL, VERSION_5);
    }

    private static List<TestedGuest> guests(String name, String policy, Set<AsPosted> posted, boolean watchdog, Subject onBroadwell, Subject onVersion5) {
        return List.of(guest(name + " on BroadwellEP with SMT", policy, posted, watchdog, BROADWELL, onBroadwell, true),
                guest(name + " on BroadwellEP without SMT", policy, posted, watchdog, BROADWELL, onBroadwell, false),
                guest(name + " on SmallV5", policy, posted, watchdog, VERSION_5, onVersion5, true));
    }

    private static TestedGuest guest(String name, String policy, Set<AsPosted> posted, boolean watchdog, Subject host, Subject guest, boolean smt) {
        return new TestedGuest(new TestedCpu(name, guest.model(), smt, Optional.empty(), () -> new GuestUnderTest(host.door(), guest.door(), smt, policy,
                new PerfSystem(PinnedChoice.EVICT_TO_ERROR, posted), watchdog, policy.equals("RegisterOriented"))),
                new TestedCpu(host.name(), host.model(), smt, Optional.empty(), () -> new GeneratedPmu(host.door().hardware(smt))));
    }

    /** The ways to access its counters: through their own addresses, and through the full-width ones where there are any. */
    List<TestedGuest> accessed() {
        List<TestedGuest> ways = new ArrayList<>(List.of(this));
        if (Need.FULL_WIDTH_WRITES.isMetBy(cpu)) {
            ways.add(new TestedGuest(cpu.throughAliases(cpu + ", at full width"), host));
        }
        return ways;
    }

    @Override
    public String toString() {
        return cpu.toString();
    }
}
