package dev.vpmu.generator.machine.owning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a switch saves is stored by the CPU at VM-exit, or read by an instruction after it; not both. */
class SavingSwitchTest {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "saving by {0}")
    @CsvSource({"list, store stored", "instructions, rdmsr"})
    void whatIsSavedIsTakenOnce(String means, String taken) throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        models.write("saving/Saving.pmu", """
                package saving

                import vpmu.intel.*
                import vpmu.policies.*

                cpu Saving extends Broadwell {
                    signature GenuineIntel family 6 model 0xEB
                    policies Saved
                }

                policy Saved extends RegisterOriented {
                    allows PMU0914 because "only its text is looked at"
                    allows PMU0915 because "only its text is looked at"
                    switch enable  entry guest  exit host & ~owned  saving  by %s
                }
                """.formatted(means));
        CompilationResult result = models.compile();
        assertFalse(result.failed(), () -> result.messages().stream().map(result.check()::show).toList().toString());
        String text = models.classes().get("saving.SavingSavedVpmu");
        List<String> found = Pattern.compile("\\.(store|saveByControl|stored|rdmsr)\\(0x38F\\)").matcher(text).results().map((MatchResult match) -> match.group(1)).sorted().toList();
        assertEquals(List.of(taken.split(" ")), found, text);
    }
}
