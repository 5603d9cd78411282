package dev.vpmu.generator.perf.suite;

import dev.vpmu.generator.hardware.suite.OnOneCpu;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Makes a test for each CPU that has what the method needs. */
final class EveryCpu implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method test = context.getRequiredTestMethod();
        return PerfCpus.all().stream().filter(cpu -> applies(test, cpu))
                .map(cpu -> new OnOneCpu(test.getAnnotation(OnEveryCpu.class).value(), cpu, cpu.drawn()));
    }

    /** Whether a CPU has what a test needs. */
    static boolean applies(Method test, PerfCpu cpu) {
        return Stream.of(test.getAnnotation(OnEveryCpu.class).needs()).allMatch(need -> need.isMetBy(cpu));
    }
}
