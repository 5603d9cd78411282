package dev.vpmu.generator.hardware.suite;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
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
        Method method = context.getRequiredTestMethod();
        return TestedCpus.all().stream().filter(cpu -> applies(method, cpu)).map(cpu -> new OnOneCpu(method.getAnnotation(OnEveryCpu.class).value(), cpu));
    }

    /** Whether a CPU has what a test needs. */
    static boolean applies(Method test, TestedCpu cpu) {
        return Stream.of(test.getAnnotation(OnEveryCpu.class).needs()).allMatch(need -> need.isMetBy(cpu));
    }

    private record OnOneCpu(String sentence, TestedCpu cpu) implements TestTemplateInvocationContext, ParameterResolver, TestExecutionExceptionHandler {

        @Override
        public String getDisplayName(int invocation) {
            return sentence + ", on " + cpu;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestedCpu.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return cpu;
        }

        /** Nobody knows a drawn CPU by its name. */
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
            throw new AssertionError(cpu + ": " + failure.getMessage() + cpu.drawn().map(text -> "\n" + text).orElse(""), failure);
        }
    }
}
