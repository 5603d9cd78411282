package dev.vpmu.runtime.lab.report;

import dev.vpmu.runtime.lab.timeline.CounterOwnership;
import dev.vpmu.runtime.lab.timeline.CounterOwnership.Mark;
import dev.vpmu.runtime.lab.timeline.CounterOwnership.Span;
import java.util.List;
import java.util.Locale;

/** A timeline as an SVG element: a row for the CPU and for each counter, a bar for whoever had it. */
final class OwnershipPicture {

    private static final String[] COLOURS = {"#56b4e9", "#e69f00", "#009e73", "#cc79a7"};
    private static final String HOST_COLOUR = "#c8c8c8";
    private static final double NANOS_A_MICROSECOND = 1_000;
    private static final int WIDTH = 1_160;
    private static final int LEFT = 90;
    private static final int RIGHT = 20;
    private static final int TOP = 70;
    private static final int ROW = 26;
    private static final int AXIS = 48;
    private static final int TICKS = 12;
    /** A letter's width, generously. */
    private static final double LETTER = 6.6;

    private final CounterOwnership timeline;
    private final StringBuilder svg = new StringBuilder();

    private OwnershipPicture(CounterOwnership timeline) {
        this.timeline = timeline;
    }

    /** The picture of a timeline. */
    static String of(CounterOwnership timeline) {
        OwnershipPicture picture = new OwnershipPicture(timeline);
        picture.draw();
        return picture.svg.toString();
    }

    private void draw() {
        int bottom = TOP + ROW * timeline.lanes().size();
        String title = "Who had which counter under " + timeline.policy();
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, bottom + AXIS, WIDTH, bottom + AXIS, Html.text(title));
        add("<text x=\"%d\" y=\"20\" text-anchor=\"middle\" font-size=\"16\" font-weight=\"bold\">%s</text>", WIDTH / 2, Html.text(title));
        legend();
        axis(bottom);
        for (int lane = 0; lane < timeline.lanes().size(); lane++) {
            add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 8, TOP + ROW * lane + 17, Html.text(timeline.lanes().get(lane)));
        }
        timeline.spans().forEach(this::bar);
        for (Mark mark : timeline.marks()) {
            double x = x(mark.nanos());
            boolean given = mark.what().contains("given");
            add("<path d=\"M%.1f %d l-4 -8 h8 z\" fill=\"%s\"><title>%s</title></path>", x, given ? TOP : TOP - 10, given ? "#d00000" : "#555555",
                    Html.text(mark.what() + ", at " + micros(mark.nanos())));
        }
        svg.append("</svg>");
    }

    private void legend() {
        double x = LEFT;
        for (String owner : timeline.owners()) {
            add("<rect x=\"%.1f\" y=\"32\" width=\"14\" height=\"14\" fill=\"%s\" stroke=\"#555555\"/><text x=\"%.1f\" y=\"44\">%s</text>", x, colour(owner), x + 20, Html.text(owner));
            x += 20 + owner.length() * LETTER + 24;
        }
        add("<path d=\"M%.1f 46 l-4 -8 h8 z\" fill=\"#555555\"/><text x=\"%.1f\" y=\"44\">PMI, taken by the host</text>", x + 4, x + 14);
        x += 14 + 22 * LETTER + 24;
        add("<path d=\"M%.1f 46 l-4 -8 h8 z\" fill=\"#d00000\"/><text x=\"%.1f\" y=\"44\">PMI, given to the guest</text>", x + 4, x + 14);
    }

    private void axis(int bottom) {
        long nanos = timeline.nanos();
        for (int tick = 0; tick <= TICKS; tick++) {
            long at = nanos * tick / TICKS;
            add("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#dddddd\"/>", x(at), x(at), TOP, bottom + 4);
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>", x(at), bottom + 18, at / NANOS_A_MICROSECOND);
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"13\">worked time, microseconds</text>", (LEFT + WIDTH - RIGHT) / 2, bottom + 38);
    }

    private void bar(Span span) {
        double x = x(span.from());
        double width = x(span.to()) - x;
        int y = TOP + ROW * span.lane();
        // of the host's counters it matters which event is there
        String label = span.lane() != 0 && span.owner().equals(CounterOwnership.HOST) ? span.how() : span.owner();
        add("<g><title>%s</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" stroke=\"#555555\" stroke-width=\"0.6\"/>",
                Html.text(span.owner() + ": " + span.how() + ", " + micros(span.from()) + " to " + micros(span.to())), x, y + 3, width, ROW - 6, colour(span.owner()));
        int fits = (int) ((width - 6) / LETTER);
        if (fits >= 4) {
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" font-size=\"11\">%s</text>", x + width / 2, y + 17,
                    Html.text(label.length() <= fits ? label : label.substring(0, fits - 1) + "\u2026"));
        }
        svg.append("</g>\n");
    }

    private String colour(String owner) {
        List<String> owners = timeline.owners();
        return owner.equals(CounterOwnership.HOST) ? HOST_COLOUR : COLOURS[owners.indexOf(owner) % COLOURS.length];
    }

    private double x(long nanos) {
        return LEFT + (double) nanos / timeline.nanos() * (WIDTH - LEFT - RIGHT);
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.1f us", nanos / NANOS_A_MICROSECOND);
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
