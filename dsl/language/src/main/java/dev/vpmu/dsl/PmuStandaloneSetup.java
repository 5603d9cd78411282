package dev.vpmu.dsl;

/** Registers the language with EMF outside Eclipse: {@code new PmuStandaloneSetup().createInjectorAndDoEMFRegistration()}. */
public class PmuStandaloneSetup extends PmuStandaloneSetupGenerated {
}
