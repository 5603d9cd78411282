package dev.vpmu.generator.perf.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the suite: it takes a {@link PerfCpu} and runs on every CPU that has what it needs; for the others there is no such test. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(EveryCpu.class)
@interface OnEveryCpu {

    /** What it shows, behind the id in the list of conformance tests (domain.md §12.6), or behind the section that says so. */
    String value();

    /** What a CPU must have besides two counters with selectors. */
    Need[] needs() default {};
}
