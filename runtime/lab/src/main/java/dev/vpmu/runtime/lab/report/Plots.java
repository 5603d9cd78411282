package dev.vpmu.runtime.lab.report;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.lab.Bill;
import dev.vpmu.runtime.lab.CostStep;
import dev.vpmu.runtime.lab.Result;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plots of a report. Each design has the same colour in all of them. */
final class Plots {

    /** Okabe and Ito's, told apart by the colour-blind too. */
    private static final Color[] COLOURS = {new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9)};
    private static final Marker[] MARKERS = {SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.TRIANGLE_DOWN, SeriesMarkers.CROSS};
    /** The later are thinner and dashed: what lies beneath is seen. */
    private static final BasicStroke[] LINES = {new BasicStroke(3), new BasicStroke(3), new BasicStroke(3), dashed(6, 6), dashed(2, 5), dashed(9, 4)};
    private static final int WIDTH = 1_160;
    private static final int HEIGHT = 460;
    private static final double LEAST_ERROR = 1e-7;

    private final List<Result> results;
    private final List<String> policies;

    Plots(List<Result> results) {
        this.results = results;
        this.policies = List.copyOf(new LinkedHashSet<>(results.stream().map(Result::policy).toList()));
    }

    /** Whether guests sampled at rates of which one can be shown over the other. */
    boolean hasRates() {
        return results.stream().anyMatch(Plots::isOverRate);
    }

    private static boolean isOverRate(Result result) {
        return result.scenario().hertz() > 0 && !result.scenario().watchdog();
    }

    /** What a scenario costs under each design, by step. */
    String costs(String scenario, CostTable costs) {
        List<Result> shown = results.stream().filter(result -> result.scenario().name().equals(scenario)).toList();
        Set<CostStep> steps = EnumSet.noneOf(CostStep.class);
        shown.forEach(result -> steps.addAll(result.steps().taken().keySet()));
        List<String> causes = new ArrayList<>(steps.stream().map(CostStep::text).toList());
        causes.add("handler only");
        causes.add("end to end");
        CategoryChart chart = bars("Costs of " + scenario + " by cause; prices " + PriceList.name(costs), "step, all times that it was taken", "ns, logarithmic");
        for (Result result : shown) {
            Bill bill = result.bill(costs);
            Map<CostStep, Double> nanos = new EnumMap<>(CostStep.class);
            bill.lines().forEach(line -> nanos.put(line.step(), line.nanos()));
            List<Double> heights = new ArrayList<>(steps.stream().map(nanos::get).toList());
            heights.add(bill.handlerNanos());
            heights.add(bill.nanos());
            chart.addSeries(result.policy(), causes, heights);
        }
        chart.getStyler().setYAxisMin(1.0);
        return SvgPicture.of(chart, scenario.replaceAll("[^a-z0-9-]", "-") + "-" + kind(costs));
    }

    /** Time with the virtual PMU in use against time without, over how often guests sample. */
    String slowdown(CostTable costs) {
        return overRate("Slowdown; prices " + PriceList.name(costs), "time with / time without", "slowdown-" + kind(costs), result -> result.slowdown(costs));
    }

    /** The same as what is added, where small differences are seen too. */
    String added(CostTable costs) {
        return overRate("Time added; prices " + PriceList.name(costs), "% of the guest's time", "added-" + kind(costs), result -> 100 * (result.slowdown(costs) - 1));
    }

    private String overRate(String title, String unit, String name, ToDoubleFunction<Result> height) {
        XYChart chart = new XYChartBuilder().width(WIDTH / 2).height(HEIGHT).title(title).xAxisTitle("samples a second, logarithmic").yAxisTitle(unit + ", logarithmic").build();
        style(chart.getStyler());
        chart.getStyler().setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(true).setYAxisLogarithmic(true).setYAxisLogarithmicDecadeOnly(true);
        chart.getStyler().setMarkerSize(9).setLegendSeriesLineLength(36).setLegendLayout(LegendLayout.Vertical);
        chart.getStyler().setYAxisDecimalPattern("#,##0.######").setXAxisDecimalPattern("#,##0");
        for (String policy : policies) {
            List<Result> points = results.stream().filter(Plots::isOverRate).filter(result -> result.policy().equals(policy)).toList();
            if (!points.isEmpty()) {
                chart.addSeries(policy, points.stream().mapToDouble(result -> result.scenario().hertz()).toArray(), points.stream().mapToDouble(height).toArray())
                        .setLineStyle(LINES[policies.indexOf(policy) % LINES.length]);
            }
        }
        return SvgPicture.of(chart, name);
    }

    /** How far off the guests' counts are, of each scenario in which one is, under each design; empty if none is. */
    String countErrors() {
        List<String> scenarios = List.copyOf(new LinkedHashSet<>(results.stream().filter(result -> result.countError() > 0).map(result -> result.scenario().name()).toList()));
        if (scenarios.isEmpty()) {
            return "";
        }
        CategoryChart chart = bars("Count error by scenario", "scenario", "|told - true| / true, logarithmic");
        for (String policy : policies) {
            List<Double> heights = new ArrayList<>();
            for (String scenario : scenarios) {
                heights.add(results.stream().filter(result -> result.policy().equals(policy) && result.scenario().name().equals(scenario) && result.countError() > 0)
                        .map(result -> Math.max(LEAST_ERROR * 2, result.countError())).findFirst().orElse(null));
            }
            chart.addSeries(policy, scenarios, heights);
        }
        chart.getStyler().setYAxisMin(LEAST_ERROR);
        return SvgPicture.of(chart, "errors");
    }

    /** Ends the ids of a picture. */
    private static String kind(CostTable costs) {
        return PriceList.kind(costs).toLowerCase(Locale.ROOT);
    }

    private static BasicStroke dashed(float on, float off) {
        return new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {on, off}, 0);
    }

    private static CategoryChart bars(String title, String xTitle, String yTitle) {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(xTitle).yAxisTitle(yTitle).build();
        style(chart.getStyler());
        chart.getStyler().setAvailableSpaceFill(0.8);
        chart.getStyler().setYAxisLogarithmic(true).setYAxisLogarithmicDecadeOnly(true).setYAxisDecimalPattern("#,##0.######");
        // many names do not fit side by side
        chart.getStyler().setXAxisLabelRotation(30);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
        return chart;
    }

    private static void style(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE).setPlotBorderVisible(false).setLegendPosition(LegendPosition.OutsideS).setLegendBorderColor(Color.WHITE);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16)).setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13)).setChartTitleBoxVisible(false);
        styler.setSeriesColors(COLOURS).setSeriesMarkers(MARKERS);
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        styler.setPlotGridLinesStroke(new BasicStroke(0.5f)).setPlotGridLinesColor(new Color(0xDDDDDD)).setPlotGridVerticalLinesVisible(false).setLocale(Locale.ROOT);
    }
}
