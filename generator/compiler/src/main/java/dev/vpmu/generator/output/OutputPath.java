package dev.vpmu.generator.output;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A relative path that means the same file on every system; made only by {@link #of}. */
record OutputPath(String text) implements Comparable<OutputPath> {

    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x1F\\x7F\\\\:<>\"|?*]");
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\\..*)?");
    private static final int LONGEST_NAME = 255;

    /**
     * @param origin what the output is made from, for the message
     * @throws OutputException if the path could lead out of its folder, or cannot be a file everywhere
     */
    static OutputPath of(String path, String origin) {
        Optional<String> fault = path.isEmpty() ? Optional.of("is empty") : Optional.empty();
        for (String name : path.split("/", -1)) {
            fault = fault.or(() -> faultOf(name));
        }
        fault.ifPresent(text -> {
            throw new OutputException("the output path " + quoted(path) + " of " + origin + " " + text + "; rename what it is made from");
        });
        return new OutputPath(path);
    }

    private static Optional<String> faultOf(String name) {
        String fault = null;
        if (name.isEmpty()) {
            fault = "is absolute or has an empty part";
        } else if (name.equals(".") || name.equals("..")) {
            fault = "leads out of its folder or says one place in two ways by \"" + name + "\"";
        } else if (FORBIDDEN.matcher(name).find()) {
            fault = "has a character that no file name can have everywhere";
        } else if (name.endsWith(".") || name.endsWith(" ") || name.startsWith(" ")) {
            fault = "has a part that begins with a blank or ends with a dot or a blank";
        } else if (DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            fault = "has the part " + quoted(name) + ", which is a device on Windows";
        } else if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            fault = "has a part of more than " + LONGEST_NAME + " bytes";
        } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            fault = "has half a character (an unpaired surrogate)";
        }
        return Optional.ofNullable(fault);
    }

    /** Equal for two paths that are one file on a disk that ignores case, or that stores letters and accents apart. */
    String sameFileKey() {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    static String quoted(String path) {
        StringBuilder shown = new StringBuilder("\"");
        path.chars().forEach(c -> shown.append(c < ' ' || c >= 0x7F ? String.format(Locale.ROOT, "[U+%04X]", c) : String.valueOf((char) c)));
        return shown.append('"').toString();
    }

    @Override
    public int compareTo(OutputPath other) {
        return text.compareTo(other.text);
    }
}
