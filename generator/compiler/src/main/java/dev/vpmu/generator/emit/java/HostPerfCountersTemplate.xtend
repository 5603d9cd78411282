package dev.vpmu.generator.emit.java

/** How a host's perf on a cpu programs its counters, stops and starts all of them, and handles their interrupt. */
class HostPerfCountersTemplate {

	def static CharSequence of(HostPerfView view) '''
		«counters(view.counters)»
		«globals(view.globals)»
		«interrupt(view.globals)»
	'''

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
		    «Switch.over('counter', counters.starts)»
		}

		@Override
		protected void stop(int counter, long config) {
		    «Switch.over('counter', counters.stops)»
		}

		@Override
		protected long read(int counter) {
		    «IF counters.empty»
		        throw new IllegalArgumentException("no counter " + counter);
		    «ELSE»
		        «Switch.returning('counter', counters.reads)»
		    «ENDIF»
		}

		@Override
		protected void write(int counter, long value) {
		    «Switch.over('counter', counters.writes)»
		}

		@Override
		protected int width(int counter) {
		    «IF counters.empty»
		        throw new IllegalArgumentException("no counter " + counter);
		    «ELSEIF counters.width.empty»
		        «Switch.returning('counter', counters.widths)»
		    «ELSE»
		        return «counters.width»;
		    «ENDIF»
		}

		@Override
		protected long longestPeriod(int counter) {
		    «IF counters.empty»
		        throw new IllegalArgumentException("no counter " + counter);
		    «ELSEIF counters.longestPeriod.empty»
		        «Switch.returning('counter', counters.longestPeriods)»
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
}
