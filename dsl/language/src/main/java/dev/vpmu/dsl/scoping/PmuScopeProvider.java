package dev.vpmu.dsl.scoping;

/** Says which names a reference can see. */
public class PmuScopeProvider extends AbstractPmuScopeProvider {
}
