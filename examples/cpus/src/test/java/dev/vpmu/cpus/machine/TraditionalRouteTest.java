package dev.vpmu.cpus.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.StepLog;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.vpmu.EventOrientedDesign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vpmu.intel.BroadwellEP;

/** The lists of {@code runtime/docs/traditional-vpmu.md} are what the machine does. */
class TraditionalRouteTest {

    private static final Path PAGE = Path.of("..", "..", "runtime", "docs", "traditional-vpmu.md");

    @Test
    void thePageListsWhatOneRegisterWriteDoes() throws IOException {
        List<List<String>> blocks = blocks(Files.readAllLines(PAGE));
        assertEquals(2, blocks.size(), "numbered lists in " + PAGE);
        assertSame(blocks.get(0), oneWrite(EventOrientedDesign.synchronous()));
        assertSame(blocks.get(1), oneWrite(EventOrientedDesign.deferring()));
    }

    private static void assertSame(List<String> page, List<String> machine) {
        assertEquals(String.join("\n", machine), String.join("\n", page), () -> PAGE + " should say:\n" + String.join("\n", machine) + "\n");
    }

    /** The blocks of code that are numbered. */
    private static List<List<String>> blocks(List<String> page) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> block = null;
        for (String line : page) {
            if (line.startsWith("```")) {
                if (block != null && !block.isEmpty() && block.get(0).startsWith("  1  ")) {
                    blocks.add(block);
                }
                block = block == null ? new ArrayList<>() : null;
            } else if (block != null) {
                block.add(line);
            }
        }
        return blocks;
    }

    /** Counter 0 counts instructions; the guest has it count cache misses instead. */
    private static List<String> oneWrite(EventOrientedDesign design) {
        Machine machine = new Machine(new BroadwellEP(), 2, true, 2200, new PerfSystem());
        Vcpu vcpu = Guests.vcpu(machine, "vCPU 0", design);
        machine.cpu(0).schedule(vcpu);
        vcpu.run();
        vcpu.wrmsr(BroadwellEP.Msr.IA32_PERF_GLOBAL_CTRL, 1);
        vcpu.wrmsr(BroadwellEP.Msr.IA32_PERFEVTSEL(0), 0x5300C0);
        vcpu.work(Step.of(1_000).uniform(Step.event(0xC0, 0), 1_500).build());
        StepLog log = new StepLog(machine);
        machine.listen(log);
        vcpu.wrmsr(BroadwellEP.Msr.IA32_PERFEVTSEL(0), 0x53412E);
        return log.lines();
    }
}
