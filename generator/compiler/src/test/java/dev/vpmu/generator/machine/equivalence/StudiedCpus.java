package dev.vpmu.generator.machine.equivalence;

import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.equivalence.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** CPUs with the register-oriented virtual PMU, one with policies that each make one mistake of the series, and a design unlike any shipped one. */
final class StudiedCpus {

    /** The mistakes that the comparison with hardware finds, by their numbers in domain.md §6.5. */
    static final List<String> SEEN_BY_GUESTS = List.of("D9", "D10", "D11", "D14", "D17", "D18", "D20", "D21", "D23", "D26");
    /** The mistakes that show in the host's counts, or in what its hardware holds. */
    static final List<String> SEEN_BY_THE_HOST = List.of("D1", "D6", "D7", "D8", "D15", "D22");

    private static final String VERSION_5 = """
            package studied

            import vpmu.intel.arch.*
            import vpmu.policies.*

            cpu Version5 extends ArchPerfmonV5 {
                signature GenuineIntel family 6 model 0xE5
                clocks core 2900 MHz tsc 2100 MHz bus 25 MHz
                counters gp     [0..3]     width 48 bits
                counters fixed  [0..1, 3]  width 48 bits
                has pdcm, rtm, full_width_write, pebs_baseline, perf_metrics
                policies RegisterOriented
            }
            """;

    private static final String MISTAKEN = """
            package studied

            import vpmu.intel.*
            import vpmu.policies.*

            /** Unlike the shipped ones: all counters are the guest's while its vCPU is loaded, and it reads them without an exit. */
            policy Whole extends RegisterOriented {
                owns all counters while loaded
                passthrough rdpmc
                switch enable  entry guest & owned  exit host & ~owned  by list
                on load   route pmi to guest, take all
                on put    return owned, route pmi to host
                on reset  return owned, clear guest, take all
            }

            policy D1 extends RegisterOriented {
                on conflict  overlook
                allows PMU0916  because "that is D1"
            }
            policy D6 extends RegisterOriented {
                intercept selector  read guest  write guest, hardware
                allows PMU0916  because "that is D6"
            }
            policy D7 extends RegisterOriented {
                on return  save value, merge status
                allows PMU0901  because "that is D7"
                allows PMU0905  because "that is D7"
            }
            policy D8 extends RegisterOriented {
                on take  restore value, restore selector
                allows PMU0901  because "that is D8"
                allows PMU0914  because "that is D8"
            }
            policy D9 extends RegisterOriented {
                on take  clear enable, clear status, restore msr IA32_PMC, restore msr IA32_FIXED_CTR, restore selector
                allows PMU0915  because "that is D9"
            }
            policy D10 extends RegisterOriented { intercept value  read hardware while owned else guest  write guest unchecked, hardware while owned }
            policy D11 extends RegisterOriented {
                intercept selector  read guest  write guest unchecked, hardware while owned
                allows PMU0917  because "that is D11"
            }
            policy D14 extends RegisterOriented {
                on load  take remembered
                on sched in  route pmi to guest
                allows PMU0915  because "that is D14"
            }
            policy D15 extends RegisterOriented {
                on load       route pmi to guest
                on put        route pmi to host
                on sched in   take remembered
                on sched out  remember owned, return owned
                allows PMU0901  because "that is D15"
            }
            policy D17 extends RegisterOriented {
                intercept status  read guest  write fault
                allows PMU0915  because "that is D17"
            }
            policy D18 extends RegisterOriented {
                intercept clear  read 0  write guest
                allows PMU0915  because "that is D18"
            }
            policy D20 extends RegisterOriented { intercept rdpmc unchecked }
            policy D21 extends RegisterOriented {
                on reset  clear guest, return owned
                allows PMU0911  because "that is D21"
                allows PMU0915  because "that is D21"
            }
            policy D22 extends RegisterOriented {
                leave precise enable
                allows PMU0910  because "that is D22"
                allows PMU0914  because "that is D22"
            }
            policy D23 extends RegisterOriented { pmi by callback stays unmasked }
            policy D26 extends RegisterOriented { accounts no emulated instructions }

            cpu Mistaken extends Broadwell {
                signature GenuineIntel family 6 model 0xE6
                clocks core 2200 MHz tsc 2200 MHz bus 100 MHz
                policies D1, D6, D7, D8, D9, D10, D11, D14, D15, D17, D18, D20, D21, D22, D23, D26, Whole
            }
            """;

    private static final List<Cpu> CPUS = load();

    private StudiedCpus() {
    }

    private static List<Cpu> load() {
        try {
            return Subjects.load(List.of(new DescribedCpu("vpmu.intel", "BroadwellEP", "", null), new DescribedCpu("studied", "Version5", VERSION_5, null),
                    new DescribedCpu("studied", "Mistaken", MISTAKEN, null))).all().stream().map(subject -> subject.door()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Subject> registerOriented() {
        Cpu broadwell = CPUS.get(0);
        Cpu version5 = CPUS.get(1);
        return List.of(Subject.of(broadwell, true, broadwell.design("RegisterOriented")), Subject.of(broadwell, false, broadwell.design("RegisterOriented")),
                Subject.of(version5, false, version5.design("RegisterOriented")), mistaken("Whole"));
    }

    static Subject mistaken(String mistake) {
        return Subject.of(CPUS.get(2), true, CPUS.get(2).design(mistake));
    }
}
