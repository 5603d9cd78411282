package dev.vpmu.testing.leaks;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What the rules about leaks find on policies of tests, on a cpu of version 3 and on one of version 5. */
final class Leaking {

    private static final Set<String> LEAKS = Set.of("PMU0901", "PMU0914", "PMU0915", "PMU0916", "PMU0917");

    private static final Path MODELS = Path.of("..", "..", "examples", "cpus", "src", "main", "pmu", "vpmu");

    /** Like a Broadwell: any thread, precise records, extra registers; full-width writes. */
    static final String THREE = """
            package leaks
            import vpmu.intel.arch.*
            import vpmu.policies.*
            cpu Three extends ArchPerfmonV3 {
                signature GenuineIntel family 6 model 0xE3
                counters gp     [0..3]  width 48 bits
                counters fixed  [0..2]  width 48 bits
                has pdcm, rtm, full_width_write
                msr MSR_OFFCORE_RSP_0  0x1A6  is extra           per thread
                msr IA32_PEBS_ENABLE   0x3F1  is precise enable
                msr IA32_DS_AREA       0x600  is precise buffer  write faults unless canonical
                precise records format 2 on gp[0..3]
                extra offcore_rsp {
                    0xB7:0x01  uses MSR_OFFCORE_RSP_0  valid 0x3F_FFFF_8FFF
                }
                policies POLICY
            }
            """;

    /** Version 5: registers that set status bits and show what is in use, extra registers of the core. */
    static final String FIVE = """
            package leaks
            import vpmu.intel.arch.*
            import vpmu.policies.*
            cpu Five extends ArchPerfmonV5 {
                signature GenuineIntel family 6 model 0xE5
                counters gp     [0..7]  width 48 bits
                counters fixed  [0..3]  width 48 bits
                has pdcm, rtm, full_width_write, pebs_baseline, pebs_format = 4
                msr MSR_OFFCORE_RSP_0  0x1A6  is extra           per core
                msr IA32_PEBS_ENABLE   0x3F1  is precise enable
                msr IA32_DS_AREA       0x600  is precise buffer  write faults unless canonical
                precise records format 4 on gp or fixed
                extra offcore_rsp per core {
                    0xB7:0x01  uses MSR_OFFCORE_RSP_0  valid 0x3F_FFFF_FFFF
                }
                policies POLICY
            }
            """;

    /** Owns every counter from load to put, and lets RDPMC run in guest mode. */
    static final String OWNING = """
            policy Owning for ArchPerfmonV2 {
                requires version 2
                requires capability full_width_write
                owns all counters while loaded
                maps to same counter
                forbids any thread
                pmi by callback
                accounts emulated instructions
                passthrough rdpmc
                intercept value         read hardware while owned else guest  write guest, hardware while owned
                intercept selector      read guest                            write guest, hardware while owned
                intercept enable        read guest                            write guest
                intercept status        read guest | hardware & owned         write fault
                intercept clear         read 0                                write guest, hardware & owned
                intercept set           read 0                                write guest
                intercept capabilities  read guest                            write fault
                hide   branch records, precise records, extra, metrics, usage, reload
                share  control  because "the host virtualizes IA32_DEBUGCTL and IA32_MISC_ENABLE"
                switch enable          entry guest & owned  exit host & ~owned  by list
                switch precise enable  entry 0              exit host           by list
                on take      clear enable, clear status, restore value, restore selector
                on return    clear selector, save value, merge status, clear value
                on load      route pmi to guest, take all
                on put       return owned, route pmi to host
                on conflict  move else rotate else evict
                on overflow  merge status, request pmi
                on reset     return owned, clear guest, take all
                lacks lbr_format, pebs_format, pebs_trap, pebs_arch_regs, pebs_baseline, pebs_to_pt, pebs_timing, perf_metrics, freeze_in_smm
            }
            """;

    private Leaking() {
    }

    /** A policy that extends {@code parent} by the statements, on a cpu. */
    static List<String> change(String cpu, String parent, String statements) {
        return find(cpu.replace("POLICY", "Changed"), "policy Changed extends " + parent + " for ArchPerfmonV2 {\n" + statements + "\n}\n"
                + (parent.equals("Owning") ? OWNING : ""));
    }

    /** A shipped policy on a cpu. */
    static List<String> shipped(String cpu, String policy) {
        return find(cpu.replace("POLICY", policy), "");
    }

    /** The series as it was posted on a cpu, with or without its allowances. */
    static List<String> posted(String cpu, boolean allowances) {
        String name = "RegisterOrientedAsPosted";
        return find(cpu.replace("POLICY", name), "", text -> allowances ? text : text.replaceAll("(?m)^ *allows .*\\R", ""));
    }

    /** What the rules find: the id, the first line of the place, and the message. */
    private static List<String> find(String cpu, String policies) {
        return find(cpu, policies, UnaryOperator.identity());
    }

    private static List<String> find(String cpu, String policies, UnaryOperator<String> shipped) {
        Source own = new Source("leaks.pmu", cpu + policies + """
                events Needed for ArchPerfmonV1 {
                    NEEDLESS  = 0x01:0x01
                }
                """);
        List<Source> sources;
        try {
            sources = List.of(own, Source.read(MODELS.resolve("intel").resolve("arch").resolve("architecture.pmu")),
                    new Source("policies.pmu", shipped.apply(Files.readString(MODELS.resolve("policies").resolve("policies.pmu")))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CheckResult result = PmuChecker.standalone().check(sources);
        return result.findings().stream().filter(finding -> LEAKS.contains(finding.id()) || isForeign(finding))
                .map(finding -> finding.id() + " [" + text(finding, sources) + "] " + finding.message()).toList();
    }

    /** What is no leak but would keep the cpu from being looked at. */
    private static boolean isForeign(Finding finding) {
        return finding.severity() == Severity.ERROR && !finding.id().startsWith("PMU09");
    }

    private static String text(Finding finding, List<Source> sources) {
        return sources.stream().filter(source -> Path.of(source.name()).getFileName().equals(Path.of(finding.place().file()).getFileName())).findFirst()
                .map(source -> source.text().substring(finding.place().offset(), finding.place().offset() + finding.place().length())).orElse("?");
    }
}
