package dev.vpmu.generator.emit.java;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cases of RDMSR or WRMSR for sixteen addresses in a row, under a comment for each register. */
public final class AccessPage {

    private final int number;
    private final int first;
    private final Map<String, List<String>> cases = new LinkedHashMap<>();

    AccessPage(int number, int first) {
        this.number = number;
        this.first = first;
    }

    void add(String comment, String line) {
        cases.computeIfAbsent(comment, key -> new ArrayList<>()).add(line);
    }

    /** The bits of the address above the page, as a literal. */
    public String number() {
        return Literals.hexInt(number);
    }

    /** How the page's method ends. */
    public String suffix() {
        return Literals.hexInt(first).replace("_", "").substring(2);
    }

    public String range() {
        return Literals.hexInt(first) + " to " + Literals.hexInt(first + 15);
    }

    /** Comments and cases, a line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        cases.forEach((comment, own) -> {
            lines.add("// " + comment);
            lines.addAll(own);
        });
        return lines;
    }
}
