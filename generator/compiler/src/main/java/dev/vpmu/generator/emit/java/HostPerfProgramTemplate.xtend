package dev.vpmu.generator.emit.java

import java.util.List

/** The part of the class of a host's perf that reads what software has programmed. */
class HostPerfProgramTemplate {

	def static CharSequence of(HostPerfProgram program) '''

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
		        «Switch.returning('counter', program.counted)»
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
			«Switch.returning('counter', cases)»
		«ENDIF»
	'''
}
