package dev.vpmu.generator.hardware.suite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.MultipleFailuresError;

/** One of the suite's tests that kvm-unit-tests have too. Here somebody else runs it, who wants to know what failed. */
record UnitTestCase(Method test) {

    /** All of them, by name. */
    static List<UnitTestCase> all() {
        return Stream.of(UnitTestsTest.class, UnitTestsOverflowTest.class).flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(OnEveryCpu.class)).map(UnitTestCase::new)
                .sorted(Comparator.comparing(UnitTestCase::name)).toList();
    }

    String name() {
        return test.getName();
    }

    /** Whether a CPU has what the test needs. */
    boolean appliesTo(TestedCpu cpu) {
        return EveryCpu.applies(test, cpu);
    }

    /** Runs it; what failed, in the order of the assertions. */
    List<String> failures(TestedCpu cpu) {
        try {
            test.invoke(test.getDeclaringClass().getDeclaredConstructor().newInstance(), cpu);
            return List.of();
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof MultipleFailuresError several) {
                return several.getFailures().stream().map(Throwable::getMessage).toList();
            }
            return List.of(failure.getCause() instanceof AssertionError ? failure.getCause().getMessage() : failure.getCause().toString());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return test.getAnnotation(OnEveryCpu.class).value();
    }
}
