package dev.vpmu.generator.emit.java

/** The class with the bits of a cpu's registers. */
class LayoutsTemplate {

	def static CharSequence of(LayoutsView view) '''
		«view.header»
		package «view.javaPackage»;

		«view.comment»
		public final class «view.className» {

		    private «view.className»() {
		    }
		    «FOR layout : view.layouts»

		        «layout.comment»
		        public static final class «layout.className» {

		            /** Every bit that has a field, whatever the state of SMT. */
		            public static final long DEFINED = «layout.definedMask»;

		            private «layout.className»() {
		            }
		            «FOR field : layout.fields»

		                «field.comment»
		                public static final int «field.constant»_SHIFT = «field.shift»;

		                «IF field.isArray»
		                    /** The bits of counter 0. */
		                    public static final long «field.constant»_MASK = «field.mask»;

		                «ELSE»
		                    /** The field's bits in place. */
		                    public static final long «field.constant»_MASK = «field.mask»;

		                «ENDIF»
		                «accessors(field)»
		            «ENDFOR»
		        }
		    «ENDFOR»
		}
	'''

	private def static CharSequence accessors(LayoutsView.FieldView field) {
		val index = if (field.isArray) ", int index" else ""
		if (field.isBit) '''
			/** Whether the bit is set in {@code word}. */
			public static boolean «field.method»(long word«index») {
			    return (word >>> «field.shiftExpression» & 1) != 0;
			}

			/** {@code word} with the bit set or cleared. */
			public static long «field.method»(long word«index», boolean value) {
			    return value ? word | 1L << «field.shiftExpression» : word & ~(1L << «field.shiftExpression»);
			}
		''' else '''
			/** The field's value in {@code word}. */
			public static long «field.method»(long word«index») {
			    return word >>> «field.shiftExpression» & «field.valueMask»;
			}

			/** {@code word} with another value in the field. */
			public static long «field.method»(long word«index», long value) {
			    return word & ~(«field.valueMask» << «field.shiftExpression») | (value & «field.valueMask») << «field.shiftExpression»;
			}
		'''
	}
}
