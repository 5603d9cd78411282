package dev.vpmu.generator.emit.java

/** How the hardware counts, overflows and freezes. */
class HardwareCountingTemplate {

	def static CharSequence of(HardwareView view) '''

		@Override
		protected long counting(Step step, boolean ofSibling) {
		    «IF !view.counting.frozen.empty»
		        if («view.counting.frozen») {
		            return 0;
		        }
		    «ENDIF»
		    boolean kernel = step.ring() == 0;
		    long counting = 0;
		    «FOR group : view.counting.groups»
		        «IF group.guard.empty»
		            «who(group)»
		        «ELSE»
		            if («group.guard») {
		                «who(group)»
		            }
		        «ENDIF»
		    «ENDFOR»
		    return counting«view.counting.enabled»;
		}

		/** The counters that ask for a PMI when they overflow, as a mask. */
		private long asking() {
		    long asking = 0;
		    «FOR group : view.counting.groups»
		        «FOR counter : group.counters.filter[isAskingPossible]»
		            if («counter.existing»(«counter.control» & «group.interruptEnable») != 0) {
		                asking |= «counter.name»;
		            }
		        «ENDFOR»
		    «ENDFOR»
		    return asking;
		}

		@Override
		protected long firstInterrupt(long counting, Step step, long from, long to) {
		    long watched = counting & asking();
		    if (watched == 0) {
		        return to;
		    }
		    long end = to;
		    «FOR counter : view.counting.counters»
		        if ((watched & «counter.name») != 0) {
		            end = «counter.reached»;
		        }
		    «ENDFOR»
		    return end;
		}

		@Override
		protected boolean advance(long counting, Step step, long from, long to) {
		    long overflow = 0;
		    «IF view.counting.detectingEdges»
		        long before = edges;
		        edges = 0;
		    «ENDIF»
		    «FOR counter : view.counting.counters»
		        if ((counting & «counter.name») != 0) {
		            long sum = «counter.value» + «counter.added»;
		            overflow |= «counter.carry» ? «counter.name» : 0;
		            «counter.value» = sum & «counter.widthMask»;
		        }
		    «ENDFOR»
		    «FOR report : view.counting.reports»
		        «report»
		    «ENDFOR»
		    «IF !view.counting.clocks.all.empty»
		        coreCycle = (coreCycle + to - from) % «view.counting.clocks.period»;
		    «ENDIF»
		    «IF view.sharingState»
		        share();
		    «ENDIF»
		    return (overflow & asking()) != 0;
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

	private def static CharSequence who(ControlGroupView group) '''
		long «group.method('required')» = «group.required»;
		long «group.method('examined')» = «group.method('required')»«group.forbidden»;
		«FOR counter : group.counters»
			if («counter.existing»(«counter.control» & «group.method('examined')») == «group.method('required')»«counter.enabled») {
			    counting |= «counter.name»;
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
		private long «group.method('count')»(long selector, long counter, «IF group.detectingEdges»long before, «ENDIF»Step step, long from, long to) {
		    long event = «group.method('event')»(selector);
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
		private long «group.method('reach')»(long room, long selector, long counter, Step step, long from, long to) {
		    long event = «group.method('event')»(selector);
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

			@Override
			protected boolean canFreeze() {
			    return «FOR freeze : view.freezes SEPARATOR '\n        || '»«freeze.asked» && («freeze.changes»)«ENDFOR»;
			}
		«ENDIF»
	'''
}
