package dev.vpmu.dsl.validation;

/** Bridges the rules of the language into Xtext's validation. */
public class PmuValidator extends AbstractPmuValidator {
}
