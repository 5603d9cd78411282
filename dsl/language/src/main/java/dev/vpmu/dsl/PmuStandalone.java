package dev.vpmu.dsl;

import com.google.inject.Injector;

/** The language's services in programs that do not run in Eclipse: one injector for all, made on the first call. */
public final class PmuStandalone {

    private static final Injector INJECTOR = new PmuStandaloneSetup().createInjectorAndDoEMFRegistration();

    private PmuStandalone() {
    }

    /** A service of the language, such as {@link dev.vpmu.dsl.check.PmuChecker} or {@link dev.vpmu.dsl.format.PmuFormatter}. */
    public static <T> T get(Class<T> service) {
        return INJECTOR.getInstance(service);
    }
}
