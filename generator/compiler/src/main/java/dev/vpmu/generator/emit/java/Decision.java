package dev.vpmu.generator.emit.java;

import dev.vpmu.generator.emit.JavaEscapes;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of a list of which the first that matches decides, as generated code has it.
 *
 * @param condition when it matches, as a Java condition
 * @param comment what the row says in the file, and where
 * @param result what it says, as a Java expression
 */
record Decision(String condition, String comment, String result) {

    boolean isAlways() {
        return condition.equals(EventCondition.ALWAYS);
    }

    /** A row that says something else. */
    Decision with(String other) {
        return new Decision(condition, comment, other);
    }

    private String commentLine() {
        return "// " + JavaEscapes.lineComment(comment) + "\n";
    }

    /** Statements that return what the first of some rows says, and {@code otherwise} if none matches; rows at the end that change nothing are left out. */
    static List<String> first(List<Decision> rows, String otherwise) {
        int needed = rows.size();
        while (needed > 0 && rows.get(needed - 1).result().equals(otherwise)) {
            needed--;
        }
        List<String> statements = new ArrayList<>();
        for (Decision row : rows.subList(0, needed)) {
            if (row.isAlways()) {
                statements.add(row.commentLine() + "return " + row.result() + ";");
                return statements;
            }
            statements.add(row.commentLine() + "if (" + row.condition() + ") {\n    return " + row.result() + ";\n}");
        }
        statements.add("return " + otherwise + ";");
        return statements;
    }

    /** A statement that does something if the row matches. */
    String statement(String then) {
        return commentLine() + (isAlways() ? then : "if (" + condition + ") {\n    " + then + "\n}");
    }
}
