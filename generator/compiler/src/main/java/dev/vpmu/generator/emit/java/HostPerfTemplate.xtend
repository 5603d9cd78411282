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

		    «IF view.smtChangingCounters»
		        /** The counters with SMT on. */
		        private static final CounterGeometry WITH_SMT = «view.geometryWithSmt»

		        /** The counters with SMT off. */
		        private static final CounterGeometry WITHOUT_SMT = «view.geometryWithoutSmt»
		    «ELSE»
		        /** The counters, with SMT on or off. */
		        private static final CounterGeometry COUNTERS = «view.geometryWithSmt»
		    «ENDIF»
		    «FOR word : view.masked»

		        /** The bits of {@code «word.name»} that can be cleared. */
		        private final long «word.mask»;
		    «ENDFOR»
		    «FOR there : view.counters.optional.entrySet»

		        /** Whether the PMU has the register at «there.value», which a guest may not be shown. */
		        private final boolean «there.key»;
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
		        «FOR there : view.counters.optional.entrySet»
		            «there.key» = isThere(«there.value»);
		        «ENDFOR»
		    }
		    «constraints(view.rules)»
		    «IF !view.extras.empty»
		        «extras(view.extras)»
		    «ENDIF»
		    «HostPerfCountersTemplate.of(view)»
		    «HostPerfProgramTemplate.of(view.program)»

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
		        long counters = «IF rules.decided»decided(config, precise)«ELSE»«rules.anyCounter»«ENDIF»;
		        «code(rules, rules.narrowings)»
		        «FOR statement : rules.narrowings»
		            «statement»
		        «ENDFOR»
		        return counters;
		    «ELSE»
		        «statements(rules, rules.decisions)»
		    «ENDIF»
		}
		«IF rules.narrowed && rules.decided»

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
		    «Switch.returning('row', extras.registers)»
		}

		@Override
		protected int extraAddress(int row) {
		    «Switch.returning('row', extras.addresses)»
		}

		@Override
		protected long extraValid(int row) {
		    «Switch.returning('row', extras.valid)»
		}

		@Override
		protected long extraCounters(int row) {
		    «Switch.returning('row', extras.counters)»
		}

		@Override
		protected long extraConfig(int row, long config) {
		    long event = «Switch.over('row', extras.events)»;
		    return config & «extras.others» | event;
		}
		«IF extras.interchangeable»

			@Override
			protected int nextExtraRow(int row) {
			    «Switch.returning('row', extras.next)»
			}
		«ENDIF»
		«IF extras.sharing»

			@Override
			protected boolean isExtraShared(int row) {
			    «Switch.returning('row', extras.shared)»
			}
		«ENDIF»

		@Override
		protected int extraRegisters() {
		    return «extras.count»;
		}
	'''
}
