package dev.vpmu.generator.emit.java

import java.util.List

/** The class of a host's perf on a cpu. */
class HostPerfTemplate {

	def static CharSequence of(HostPerfView view) '''
		«view.header»
		package «view.javaPackage»;

		import dev.vpmu.runtime.perf.CounterGeometry;
		import dev.vpmu.runtime.perf.EventAttributes;
		import dev.vpmu.runtime.perf.PerfCore;
		import dev.vpmu.runtime.perf.PerfSystem;
		«IF view.globals.words.exists[!causes.empty]»
			import dev.vpmu.runtime.perf.StatusCause;
		«ENDIF»
		import dev.vpmu.runtime.registers.LvtEntry;
		import dev.vpmu.runtime.registers.PmuRegisters;
		import java.util.function.LongSupplier;

		«view.comment»
		public final class «view.className» extends PerfCore {

		    // registers, arrays by the address of element 0
		    «FOR address : view.addresses»
		        «address.comment»
		        private static final int «address.name» = «address.value»;
		    «ENDFOR»

		    // all counters; of them the fixed ones, those that start and stop together, those that a guest can have, those with precise records; the bits for taking back
		    «IF view.smtChangingCounters»
		        private static final CounterGeometry WITH_SMT = «view.geometryWithSmt»;
		        private static final CounterGeometry WITHOUT_SMT = «view.geometryWithoutSmt»;
		    «ELSE»
		        private static final CounterGeometry COUNTERS = «view.geometryWithSmt»;
		    «ENDIF»
		    «FOR word : view.masked BEFORE '\n// what can be cleared of what is reported\n'»
		        private final long «word.mask»;
		    «ENDFOR»

		    /**
		     * perf on a CPU.
		     *
		     * @param system the operating system that it belongs to
		     * @param registers the CPU's PMU
		     * @param lvt where its interrupt goes through
		     * @param nanos the time, in nanoseconds
		     * @param smt whether SMT is on
		     */
		    public «view.className»(PerfSystem system, PmuRegisters registers, LvtEntry lvt, LongSupplier nanos, boolean smt) {
		        super(system, registers, lvt, nanos, «IF view.smtChangingCounters»smt ? WITH_SMT : WITHOUT_SMT«ELSE»COUNTERS«ENDIF»);
		        «FOR word : view.masked»
		            «word.mask» = «word.maskValue»;
		        «ENDFOR»
		    }
		    «constraints(view.rules)»
		    «IF !view.extras.empty»
		        «extras(view.extras)»
		    «ENDIF»
		    «counters(view.counters)»
		    «globals(view.globals)»
		    «interrupt(view.globals)»
		    «program(view.program)»

		    @Override
		    protected EventAttributes.Builder cycles() {
		        return «view.cycles»;
		    }
		}
	'''

	/* ------------------------------------------------------------- constraints */

	private def static CharSequence constraints(HostPerfRules rules) '''

		@Override
		protected long allowed(long config, int precise) {
		    «IF rules.narrowed»
		        long counters = decided(config, precise);
		        «code(rules, rules.narrowings)»
		        «FOR statement : rules.narrowings»
		            «statement»
		        «ENDFOR»
		        return counters;
		    «ELSE»
		        «statements(rules, rules.decisions)»
		    «ENDIF»
		}
		«IF rules.narrowed»

			/** The counters of the first row that matches. */
			private static long decided(long config, int precise) {
			    «statements(rules, rules.decisions)»
			}
		«ENDIF»

		@Override
		protected int traits(long config, int precise) {
		    «statements(rules, rules.traits)»
		}
		«IF rules.pairing»

			@Override
			protected long partner(long config, int precise) {
			    «statements(rules, rules.partners)»
			}
		«ENDIF»

		@Override
		protected long leastPeriod(long config, int precise) {
		    «statements(rules, rules.leastPeriods)»
		}

		@Override
		protected long zeroBitsOfPeriod(long config, int precise) {
		    «statements(rules, rules.zeroBits)»
		}
	'''

	private def static CharSequence statements(HostPerfRules rules, List<String> statements) '''
		«code(rules, statements)»
		«FOR statement : statements»
			«statement»
		«ENDFOR»
	'''

	private def static CharSequence code(HostPerfRules rules, List<String> statements) '''
		«IF rules.isAboutCodes(statements)»
			long code = «rules.code»;
		«ENDIF»
	'''

	/* ------------------------------------------------------------- extra registers */

	private def static CharSequence extras(HostPerfExtras extras) '''

		@Override
		protected int extraRow(long config) {
		    «FOR statement : extras.decisions»
		        «statement»
		    «ENDFOR»
		}

		@Override
		protected int extraRegister(int row) {
		    «choice('row', extras.registers)»
		}

		@Override
		protected int extraAddress(int row) {
		    «choice('row', extras.addresses)»
		}

		@Override
		protected long extraValid(int row) {
		    «choice('row', extras.valid)»
		}

		@Override
		protected long extraCounters(int row) {
		    «choice('row', extras.counters)»
		}

		@Override
		protected long extraConfig(int row, long config) {
		    long event = «switchOver('row', extras.events)»;
		    return config & «extras.others» | event;
		}
		«IF extras.interchangeable»

			@Override
			protected int nextExtraRow(int row) {
			    «choice('row', extras.next)»
			}
		«ENDIF»
		«IF extras.sharing»

			@Override
			protected boolean isExtraShared(int row) {
			    «choice('row', extras.shared)»
			}
		«ENDIF»

		@Override
		protected int extraRegisters() {
		    return «extras.count»;
		}
	'''

	/** Returns what a case says. */
	private def static CharSequence choice(String number, List<String> cases) '''
		return «switchOver(number, cases)»;
	'''

	private def static CharSequence switchOver(String number, List<String> cases) '''
		switch («number») {
		    «FOR c : cases»
		        «c»
		    «ENDFOR»
		    default -> throw new IllegalArgumentException("no «number» " + «number»);
		}'''

	/* ------------------------------------------------------------- counters */

	private def static CharSequence counters(HostPerfCounters counters) '''
		«FOR enabling : counters.enablings»

			/** «enabling.comment» */
			private static long «enabling.method»(int modes) {
			    return «enabling.bits»;
			}
		«ENDFOR»

		@Override
		protected void start(int counter, long config, int modes) {
		    «switchOver('counter', counters.starts)»
		}

		@Override
		protected void stop(int counter, long config) {
		    «switchOver('counter', counters.stops)»
		}

		@Override
		protected long read(int counter) {
		    «IF counters.empty»
		        throw new IllegalArgumentException("no counter " + counter);
		    «ELSE»
		        «choice('counter', counters.reads)»
		    «ENDIF»
		}

		@Override
		protected void write(int counter, long value) {
		    «switchOver('counter', counters.writes)»
		}

		@Override
		protected int width(int counter) {
		    «IF counters.empty»
		        throw new IllegalArgumentException("no counter " + counter);
		    «ELSEIF counters.width.empty»
		        «choice('counter', counters.widths)»
		    «ELSE»
		        return «counters.width»;
		    «ENDIF»
		}

		@Override
		protected long longestPeriod(int counter) {
		    «IF counters.empty»
		        throw new IllegalArgumentException("no counter " + counter);
		    «ELSEIF counters.longestPeriod.empty»
		        «choice('counter', counters.longestPeriods)»
		    «ELSE»
		        return «counters.longestPeriod»;
		    «ENDIF»
		}
	'''

	/* ------------------------------------------------------------- all counters */

	private def static CharSequence globals(HostPerfGlobals globals) '''

		@Override
		protected void disableAll(long precise) {
		    «FOR statement : globals.disables»
		        «statement»
		    «ENDFOR»
		    «IF !globals.preciseRegister.empty»
		        if (precise != 0) {
		            registers.wrmsr(«globals.preciseRegister», 0);
		        }
		    «ENDIF»
		}

		@Override
		protected void enableAll(long counters, long precise) {
		    «IF !globals.preciseRegister.empty»
		        if (precise != 0) {
		            registers.wrmsr(«globals.preciseRegister», precise);
		        }
		    «ENDIF»
		    «FOR statement : globals.enables»
		        «statement»
		    «ENDFOR»
		}

		@Override
		protected void clearStatus(long counters) {
		    «FOR word : globals.words.filter[!clear.empty]»
		        «word.clear»
		    «ENDFOR»
		}
	'''

	private def static CharSequence interrupt(HostPerfGlobals globals) '''

		@Override
		protected int handlePmi(boolean enabled) {
		    «IF globals.unmaskedFirst»
		        lvt.lvtpc(LVTPC_NMI);
		    «ENDIF»
		    disableAll(preciseCounters());
		    int handled = «IF globals.unreported.empty»0«ELSE»sample(wrapped(«globals.unreported»))«ENDIF»;
		    «IF !globals.words.empty»
		        «FOR word : globals.words»
		            long «word.variable» = «word.read»;
		        «ENDFOR»
		        for (int look = 0; «globals.anyStatus» && look < MOST_LOOKS; look++) {
		            «look(globals)»
		        }
		    «ENDIF»
		    «IF globals.unmaskedBetween»
		        lvt.lvtpc(LVTPC_NMI);
		    «ENDIF»
		    if (enabled) {
		        enableAll(enabledInHost(), preciseCounters());
		    }
		    «IF globals.unmaskedLast»
		        lvt.lvtpc(LVTPC_NMI);
		    «ENDIF»
		    return handled;
		}
	'''

	private def static CharSequence look(HostPerfGlobals globals) '''
		«FOR word : globals.words»
			«word.acknowledge»
		«ENDFOR»
		«FOR word : globals.words»
			«FOR cause : word.causes»
				if («cause.condition») { // «cause.name»
				    handled += report(StatusCause.«cause.cause»);
				}
			«ENDFOR»
			«IF !word.passedOver.empty»
				// nothing is to be done for: «word.passedOver»
			«ENDIF»
		«ENDFOR»
		«IF !globals.overflows.empty»
			long overflows = «globals.overflows»«IF globals.checkpointing» | checkpointed()«ENDIF»;
			«IF globals.reservable»
				long guests = overflows & reserved();
				if (guests != 0) {
				    handled += callBack(guests);
				    overflows &= ~guests;
				}
			«ENDIF»
			handled += sample(overflows);
		«ENDIF»
		«FOR word : globals.words»
			«word.variable» = «word.read»;
		«ENDFOR»
	'''

	/* ------------------------------------------------------------- what software has programmed */

	private def static CharSequence program(HostPerfProgram program) '''

		@Override
		protected long control(int counter) {
		    «answer(program, program.controls)»
		}

		@Override
		protected boolean isEnabled(int counter, long control) {
		    «answer(program, program.enabled)»
		}

		@Override
		protected int modes(int counter, long control) {
		    «answer(program, program.modes)»
		}

		@Override
		protected long config(int counter, long control) {
		    «answer(program, program.configs)»
		}

		@Override
		protected long enabledGlobally() {
		    return «program.enabledGlobally»;
		}

		@Override
		protected EventAttributes.Builder counted(int counter) {
		    «IF program.counted.empty»
		        throw new IllegalArgumentException("no counter without a selector " + counter);
		    «ELSE»
		        «choice('counter', program.counted)»
		    «ENDIF»
		}

		@Override
		protected long countedEvent(int counter) {
		    «IF program.events.empty»
		        return -1;
		    «ELSE»
		        return switch (counter) {
		            «FOR c : program.events»
		                «c»
		            «ENDFOR»
		            default -> -1;
		        };
		    «ENDIF»
		}

		@Override
		protected int counterAt(int address) {
		    return switch (address) {
		        «FOR c : program.addresses»
		            «c»
		        «ENDFOR»
		        default -> -1;
		    };
		}

		@Override
		protected int counterOfRdpmc(int ecx) {
		    return switch (ecx) {
		        «FOR c : program.rdpmc»
		            «c»
		        «ENDFOR»
		        default -> -1;
		    };
		}

		@Override
		protected int eventCode(long config) {
		    return «program.eventCode»;
		}

		@Override
		protected int unitMask(long config) {
		    return «program.unitMask»;
		}

		@Override
		protected String name(int counter) {
		    «answer(program, program.counterNames)»
		}

		@Override
		protected int index(int counter) {
		    «answer(program, program.indexes)»
		}
	'''

	private def static CharSequence answer(HostPerfProgram program, List<String> cases) '''
		«IF program.empty»
			throw new IllegalArgumentException("no counter " + counter);
		«ELSE»
			«choice('counter', cases)»
		«ENDIF»
	'''
}
