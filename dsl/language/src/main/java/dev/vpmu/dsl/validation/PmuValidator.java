package dev.vpmu.dsl.validation;

/** Xtext's generator asks for this class. It is empty: what is checked is in {@link dev.vpmu.dsl.check.FileChecker}. */
public class PmuValidator extends AbstractPmuValidator {
}
