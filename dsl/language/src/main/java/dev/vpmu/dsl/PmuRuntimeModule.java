package dev.vpmu.dsl;

/** What the language is made of, as Guice bindings; everything not bound here is Xtext's default. */
public class PmuRuntimeModule extends AbstractPmuRuntimeModule {
}
