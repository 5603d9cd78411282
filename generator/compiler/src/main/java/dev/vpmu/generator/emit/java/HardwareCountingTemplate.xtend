package dev.vpmu.generator.emit.java

/** How the hardware counts, overflows and freezes. */
class HardwareCountingTemplate {

	def static CharSequence of(HardwareView view) '''

		/** The counters that count in a step as things are, as a mask. */
		private long counting(Step step, boolean ofSibling) {
		    «IF !view.counting.frozen.empty»
		        if («view.counting.frozen») {
		            return 0;
		        }
		    «ENDIF»
		    decode();
		    long counting = step.ring() == 0 ? kernelMode : userMode;
		    if (ofSibling) {
		        counting &= anyThread;
		    }
		    if (step.transaction() == TransactionState.OUTSIDE) {
		        counting &= ~inTransaction;
		    } else if (step.transaction() == TransactionState.ABORTED) {
		        counting &= ~checkpointed;
		    }
		    «FOR counter : view.counting.counters.filter[!disabled.empty]»
		        if («counter.disabled») {
		            counting &= ~«counter.name»;
		        }
		    «ENDFOR»
		    return counting«view.counting.enabled»;
		}

		@Override
		protected long asking() {
		    decode();
		    return asking;
		}

		/** Decodes the control words that have been written. */
		private void decode() {
		    if (written == 0) {
		        return;
		    }
		    «FOR group : view.counting.groups»
		        «FOR counter : group.counters»
		            if («IF counter.sometimesAbsent»!smt && «ENDIF»(written & «counter.name») != 0) {
		                «IF group.programmable»«counter.event» = «ENDIF»«group.method('decode')»(«counter.control», «counter.name»);
		            }
		        «ENDFOR»
		    «ENDFOR»
		    written = 0;
		}
		«FOR group : view.counting.groups»

			«IF group.programmable»
				/** Decodes a selector of {@code «group.bankName»}, and returns its event. */
				private long «group.method('decode')»(long selector, long counter) {
			«ELSE»
				/** Decodes the part of {@code «group.control»} that controls a counter of {@code «group.bankName»}. */
				private void «group.method('decode')»(long selector, long counter) {
			«ENDIF»
			    «IF !group.enabled.empty»
			        boolean enabled = «group.enabled»;
			    «ENDIF»
			    «FOR mode : group.modes»
			        «mode.pattern» = with(«mode.pattern», counter, «mode.condition»);
			    «ENDFOR»
			    «IF group.programmable»
			        long event = «group.method('event')»(selector);
			        boolean usual = «IF group.usual.empty»true«ELSE»«group.usual»«ENDIF»;
			        plain = with(plain, counter, usual«IF group.conditional» && (selector & («group.conditionBits»)) == 0«ENDIF»);
			        return event;
			    «ENDIF»
			}
		«ENDFOR»

		@Override
		protected long count(long times, Step step, long from, long to, boolean ofSibling) {
		    long counting = counting(step, ofSibling);
		    «IF view.counting.detectingEdges»
		        long before = edges;
		        edges = 0;
		    «ENDIF»
		    long overflow = 0;
		    «FOR counter : view.counting.counters»
		        if ((counting & «counter.name») != 0) {
		            long sum = «counter.value» + times * «counter.added»;
		            overflow |= «counter.carry» ? «counter.name» : 0;
		            «counter.value» = sum & «counter.widthMask»;
		        }
		    «ENDFOR»
		    return overflow;
		}

		@Override
		protected long firstOverflow(long counters, Step step, long from, long to) {
		    long end = to;
		    «FOR counter : view.counting.counters»
		        if ((counters & «counter.name») != 0) {
		            end = «counter.reached»;
		        }
		    «ENDFOR»
		    return end;
		}

		@Override
		protected void report(long overflow) {
		    «FOR report : view.counting.reports»
		        «report»
		    «ENDFOR»
		    «IF view.sharingState»
		        share();
		    «ENDIF»
		}
		«FOR group : view.counting.groups»
			«IF group.programmable»
				«programmable(group)»
			«ENDIF»
			«IF group.conditional»
				«conditional(group)»
			«ENDIF»
		«ENDFOR»
		«freezes(view)»
		«FOR usage : view.usages»

			/** What {@code «usage.name»} reports. */
			private long «usage.method»() {
			    long word = «usage.stored»;
			    «FOR part : usage.parts»
			        if («part.condition») {
			            word |= «part.pattern»;
			        }
			    «ENDFOR»
			    return word;
			}
		«ENDFOR»
	'''

	private def static CharSequence programmable(ControlGroupView group) '''

		/** The event that a selector of {@code «group.bankName»} asks for, by its name in steps of work. */
		static long «group.method('event')»(long selector) {
		    return «group.event»;
		}

		private Pattern «group.method('pattern')»(long event, «IF group.lookedUpByCounter»long counter, «ENDIF»Step step) {
		    «FOR special : group.specials»
		        if («special.condition») {
		            return «special.pattern»;
		        }
		    «ENDFOR»
		    return step.pattern(event);
		}

		/** What a counter of {@code «group.bankName»} counts in cycles {@code from} to before {@code to}. */
		private long «group.method('count')»(long selector, long event, long counter, «IF group.detectingEdges»long before, «ENDIF»Step step, long from, long to) {
		    Pattern pattern = «group.method('pattern')»(event, «IF group.lookedUpByCounter»counter, «ENDIF»step);
		    «IF !group.moves.empty»
		        // this clock goes on from where it is, whatever the step
		        long ahead = «group.moves» ? coreCycle - from : 0;
		    «ENDIF»
		    «IF group.conditional»
		        return «group.method('add')»(pattern, selector, counter, «IF group.detectingEdges»before, «ENDIF»«range(group, 'to')»);
		    «ELSE»
		        return pattern.occurrences(«range(group, 'to')»);
		    «ENDIF»
		}

		/** The end of the first cycle in which a counter of {@code «group.bankName»} has counted more than {@code room}; {@code to} if there is none. */
		private long «group.method('reach')»(long room, long selector, long event, long counter, Step step, long from, long to) {
		    Pattern pattern = «group.method('pattern')»(event, «IF group.lookedUpByCounter»counter, «ENDIF»step);
		    «IF !group.moves.empty»
		        long ahead = «group.moves» ? coreCycle - from : 0;
		    «ENDIF»
		    «IF group.conditional»
		        return «group.method('overflow')»(pattern, room, selector, counter, «range(group, 'to')»)«IF !group.moves.empty» - ahead«ENDIF»;
		    «ELSE»
		        return overflowEnd(pattern, room, «range(group, 'to')»)«IF !group.moves.empty» - ahead«ENDIF»;
		    «ENDIF»
		}
	'''

	private def static String range(ControlGroupView group, String to) {
		if (group.moves.empty) "from, " + to else "from + ahead, " + to + " + ahead"
	}

	private def static CharSequence conditional(ControlGroupView group) '''

		/** What a counter of {@code «group.bankName»} makes of the occurrences: their sum, the cycles that reach its threshold, or how often they begin to. */
		private long «group.method('add')»(Pattern pattern, long selector, long counter, «IF group.detectingEdges»long before, «ENDIF»long from, long to) {
		    if ((selector & («group.conditionBits»)) == 0) {
		        return pattern.occurrences(from, to);
		    }
		    long condition = «group.condition»;
		    «IF group.detectingEdges»
		        boolean edge = «group.edge»;
		        if (edge && pattern.holds(condition, to - 1)) {
		            edges |= counter;
		        }
		        return pattern.count(condition, edge, (before & counter) != 0, from, to);
		    «ELSE»
		        return pattern.count(condition, false, false, from, to);
		    «ENDIF»
		}

		private long «group.method('overflow')»(Pattern pattern, long room, long selector, long counter, long from, long to) {
		    long condition = «group.condition»;
		    «IF group.detectingEdges»
		        return overflowEnd(pattern, condition, «group.edge», (edges & counter) != 0, room, from, to);
		    «ELSE»
		        return overflowEnd(pattern, condition, false, false, room, from, to);
		    «ENDIF»
		}
	'''

	private def static CharSequence freezes(HardwareView view) '''
		«IF !view.freezes.empty»

			@Override
			protected void freeze() {
			    «FOR freeze : view.freezes»
			        «freeze.comment»
			        if («freeze.asked») {
			            «FOR statement : freeze.statements»
			                «statement»
			            «ENDFOR»
			        }
			    «ENDFOR»
			    «IF view.sharingState»
			        share();
			    «ENDIF»
			}
			«IF view.freezes.exists[isFelt]»

				@Override
				protected boolean canFreeze() {
				    return «FOR freeze : view.freezes.filter[isFelt] SEPARATOR '\n        || '»«freeze.asked» && («freeze.changes»)«ENDFOR»;
				}
			«ENDIF»
		«ENDIF»
	'''
}
