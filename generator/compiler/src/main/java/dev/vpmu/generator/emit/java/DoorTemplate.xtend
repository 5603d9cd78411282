package dev.vpmu.generator.emit.java

/** The class that carries a cpu's name. */
class DoorTemplate {

	def static CharSequence of(DoorView view) '''
		«view.header»
		package «view.javaPackage»;

		import dev.vpmu.runtime.cpu.CounterBank;
		import dev.vpmu.runtime.cpu.Cpu;
		import dev.vpmu.runtime.registers.CpuidWords;
		import dev.vpmu.runtime.cpu.EventTable;
		import dev.vpmu.runtime.cpu.PmuEvent;
		import dev.vpmu.runtime.cpu.RegisterElement;
		import dev.vpmu.runtime.cpu.RegisterList;
		import dev.vpmu.runtime.hardware.Step;
		import dev.vpmu.runtime.perf.EventAttributes;
		import dev.vpmu.runtime.perf.PerfSystem;
		import dev.vpmu.runtime.registers.LvtEntry;
		import dev.vpmu.runtime.registers.PmuRegisters;
		import dev.vpmu.runtime.vpmu.VpmuDesign;
		import java.util.List;
		import java.util.function.LongSupplier;

		«view.comment»
		public final class «view.className» implements Cpu {

		    private static final List<CounterBank> BANKS = List.of(
		            «view.banks»);

		    private static final List<RegisterElement> REGISTERS = new RegisterList()
		            «view.registerCalls»
		            .byAddress();

		    /** One such CPU is like another: it has no state. */
		    public «view.className»() {
		    }

		    @Override
		    public String name() {
		        return «view.name»;
		    }

		    @Override
		    public int architecturalVersion() {
		        return «view.version»;
		    }

		    @Override
		    public boolean isSignature(String vendor, int family, int model, int stepping) {
		        return «view.signature»;
		    }

		    @Override
		    public CpuidWords cpuid(int leaf, int subleaf, boolean smt) {
		        «FOR leaf : view.leaves»
		            if («leaf.condition») {
		                return «leaf.answer»;
		            }
		        «ENDFOR»
		        return CpuidWords.ZERO;
		    }

		    @Override
		    public List<CounterBank> banks() {
		        return BANKS;
		    }

		    @Override
		    public List<RegisterElement> registers() {
		        return REGISTERS;
		    }

		    @Override
		    public EventTable events() {
		        return «view.eventsClass».TABLE;
		    }

		    @Override
		    public «view.hardwareClass» hardware(boolean smt) {
		        return new «view.hardwareClass»(smt);
		    }

		    @Override
		    public long eventOf(PmuEvent event) {
		        return switch (event.kind()) {
		            case PROGRAMMABLE -> «view.programmableEvent»;
		            case FIXED -> switch (Long.numberOfTrailingZeros(event.counters())) {
		                «FOR fixed : view.fixedEvents»
		                    «fixed»
		                «ENDFOR»
		                default -> Step.eventOfCounter(Long.numberOfTrailingZeros(event.counters()));
		            };
		            case METRIC -> throw new IllegalArgumentException(event.name() + " is a metric; it is no event that occurs");
		        };
		    }

		    @Override
		    public «view.hostPerfClass» perf(PerfSystem system, PmuRegisters registers, LvtEntry lvt, LongSupplier nanos, boolean smt) {
		        return new «view.hostPerfClass»(system, registers, lvt, nanos, smt);
		    }

		    @Override
		    public List<VpmuDesign> designs() {
		        return List.of(«view.designs»);
		    }

		    @Override
		    public EventAttributes.Builder attributes(PmuEvent event) {
		        return switch (event.kind()) {
		            case PROGRAMMABLE -> EventAttributes.of(event.name(), event.encoding()).counters(event.counters()).extra(event.extraValue());
		            «IF view.selectorsOfFixedEvents.empty»
		                case FIXED -> EventAttributes.onCounter(event.name(), Long.numberOfTrailingZeros(event.counters()), event.encoding());
		            «ELSE»
		                case FIXED -> event.encoding() == 0 ? ofFixed(event) : onCounter(event);
		            «ENDIF»
		            case METRIC -> throw new IllegalArgumentException(event.name() + " is a metric; no counter counts it");
		        };
		    }
		    «IF !view.selectorsOfFixedEvents.empty»

		        /** What a selector asks for to have a fixed counter's event counted, on that counter or another. */
		        private static EventAttributes.Builder ofFixed(PmuEvent event) {
		            return switch (Long.numberOfTrailingZeros(event.counters())) {
		                «FOR fixed : view.selectorsOfFixedEvents»
		                    «fixed»
		                «ENDFOR»
		                default -> onCounter(event);
		            };
		        }

		        private static EventAttributes.Builder onCounter(PmuEvent event) {
		            return EventAttributes.onCounter(event.name(), Long.numberOfTrailingZeros(event.counters()), event.encoding());
		        }
		    «ENDIF»

		    /** The addresses of the registers, as RDMSR and WRMSR take them in ECX. */
		    public static final class Msr {
		        «FOR msr : view.msrs»

		            «msr.comment»
		            public static final int «msr.name» = «msr.address»;
		            «IF msr.isArray»

		                «msr.arrayComment»
		                public static int «msr.method»(int index) {
		                    return «msr.name» + «msr.offset»;
		                }
		            «ENDIF»
		        «ENDFOR»

		        private Msr() {
		        }
		    }
		}
	'''
}
