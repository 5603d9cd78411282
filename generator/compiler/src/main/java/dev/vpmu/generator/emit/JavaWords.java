package dev.vpmu.generator.emit;

import java.util.Locale;
import java.util.Set;

/**
 * Words that cannot, or should not, stand alone as a Java identifier. The lists are written out, not asked of the running
 * JDK, so that every JDK generates the same text.
 */
final class JavaWords {

    /** Keywords, literals and contextual keywords up to Java 25, and the lone underscore (JLS §3.9). */
    private static final Set<String> KEYWORDS = words("""
            abstract assert boolean break byte case catch char class const continue default do double else enum exports extends
            false final finally float for goto if implements import instanceof int interface long module native new non-sealed
            null open opens package permits private protected provides public record requires return sealed short static strictfp
            super switch synchronized this throw throws to transient transitive true try uses var void volatile when while with
            yield _
            """);

    private static final Set<String> OBJECT_MEMBERS = words("""
            clone equals finalize getClass hashCode notify notifyAll toString wait
            """);

    /** Public types of {@code java.lang}: a generated class of that name would hide them in its package. */
    private static final Set<String> LANG_TYPES = words("""
            AbstractMethodError Appendable ArithmeticException ArrayIndexOutOfBoundsException ArrayStoreException
            AssertionError AutoCloseable Boolean BootstrapMethodError Byte CharSequence Character Class
            ClassCastException ClassCircularityError ClassFormatError ClassLoader ClassNotFoundException ClassValue
            CloneNotSupportedException Cloneable Comparable Compiler Deprecated Double Enum
            EnumConstantNotPresentException Error Exception ExceptionInInitializerError Float FunctionalInterface IO
            IllegalAccessError IllegalAccessException IllegalArgumentException IllegalCallerException
            IllegalMonitorStateException IllegalStateException IllegalThreadStateException IncompatibleClassChangeError
            IndexOutOfBoundsException InheritableThreadLocal InstantiationError InstantiationException Integer
            InternalError InterruptedException Iterable LayerInstantiationException LinkageError Long MatchException Math
            Module ModuleLayer NegativeArraySizeException NoClassDefFoundError NoSuchFieldError NoSuchFieldException
            NoSuchMethodError NoSuchMethodException NullPointerException Number NumberFormatException Object
            OutOfMemoryError Override Package Process ProcessBuilder ProcessHandle Readable Record
            ReflectiveOperationException Runnable Runtime RuntimeException RuntimePermission SafeVarargs ScopedValue
            SecurityException SecurityManager Short StableValue StackOverflowError StackTraceElement StackWalker
            StrictMath String StringBuffer StringBuilder StringIndexOutOfBoundsException SuppressWarnings System Thread
            ThreadDeath ThreadGroup ThreadLocal Throwable TypeNotPresentException UnknownError UnsatisfiedLinkError
            UnsupportedClassVersionError UnsupportedOperationException VerifyError VirtualMachineError Void
            WrongThreadException
            """);

    /** Types that generated sources import, and the classes inside them: a class of that name could not be told from them. */
    private static final Set<String> IMPORTED_TYPES = words("""
            Beat Condition CounterBank CounterGeometry Cpu CpuidWords EventAttributes EventTable List LongSupplier LvtEntry Msr Pattern PerfCore
            PerfSystem PmuEvent PmuHardware PmuRegisters RegisterElement RegisterList StatusCause Step TransactionState
            """);

    /** Files of these names, whatever their ending, cannot be made on Windows. */
    private static final Set<String> DEVICES = words("""
            con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9
            """);

    private JavaWords() {
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    static boolean isObjectMember(String word) {
        return OBJECT_MEMBERS.contains(word);
    }

    /** Whether a class or package of this name is in the way of the language, the library or a file system. */
    static boolean isReservedType(String word) {
        return isKeyword(word) || LANG_TYPES.contains(word) || IMPORTED_TYPES.contains(word) || isDevice(word);
    }

    static boolean isDevice(String word) {
        return DEVICES.contains(word.toLowerCase(Locale.ROOT));
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
