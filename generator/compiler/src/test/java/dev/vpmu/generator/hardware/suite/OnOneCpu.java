package dev.vpmu.generator.hardware.suite;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * A test on one of the CPUs that it runs on.
 *
 * @param sentence what it shows
 * @param cpu the CPU, which the test takes
 * @param drawn where nobody chose it: what it takes to get it again
 */
public record OnOneCpu(String sentence, Object cpu, Optional<String> drawn)
        implements TestTemplateInvocationContext, ParameterResolver, TestExecutionExceptionHandler {

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
        return parameter.getParameter().getType() == cpu.getClass();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cpu;
    }

    /** Nobody knows a drawn CPU by its name. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        throw new AssertionError(cpu + ": " + failure.getMessage() + drawn.map(text -> "\n" + text).orElse(""), failure);
    }
}
