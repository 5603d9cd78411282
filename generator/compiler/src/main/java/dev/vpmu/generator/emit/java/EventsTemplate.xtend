package dev.vpmu.generator.emit.java

/** The class with a cpu's events. */
class EventsTemplate {

	def static CharSequence of(EventsView view) '''
		«view.header»
		package «view.javaPackage»;

		import dev.vpmu.runtime.cpu.EventTable;

		«view.comment»
		public final class «view.className» {
		    «FOR constant : view.constants»

		        «constant.comment»
		        public static final int «constant.name» = «constant.position»;
		    «ENDFOR»
		    «FOR chunk : view.chunks.indexed»

		        private static final String ROWS_«chunk.key» =
		            «chunk.value»;
		    «ENDFOR»

		    /** Every event, by position, by name and by encoding. */
		    public static final EventTable TABLE = EventTable.parse(«FOR chunk : view.chunks.indexed SEPARATOR ', '»ROWS_«chunk.key»«ENDFOR»);

		    private «view.className»() {
		    }
		}
	'''
}
