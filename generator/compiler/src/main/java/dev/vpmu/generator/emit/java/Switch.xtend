package dev.vpmu.generator.emit.java

import java.util.List

/** A switch over a number that has a few values only. */
class Switch {

	/** Returns what a case says. */
	def static CharSequence returning(String number, List<String> cases) '''
		return «over(number, cases)»;
	'''

	/** Is, or does, what a case says. */
	def static CharSequence over(String number, List<String> cases) '''
		switch («number») {
		    «FOR c : cases»
		        «c»
		    «ENDFOR»
		    default -> throw new IllegalArgumentException("no «number» " + «number»);
		}'''
}
