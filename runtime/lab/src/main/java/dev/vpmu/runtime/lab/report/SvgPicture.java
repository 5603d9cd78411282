package dev.vpmu.runtime.lab.report;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Charts as SVG elements that stand in a page. */
final class SvgPicture {

    private static final String SVG = "http://www.w3.org/2000/svg";

    private SvgPicture() {
    }

    /** Whether this Java can measure text; one without fonts cannot, and draws no charts. */
    static boolean isPossible() {
        try {
            return new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("0", new FontRenderContext(null, true, true)).getWidth() > 0;
        } catch (LinkageError | InternalError | RuntimeException e) {
            return false;
        }
    }

    /**
     * A chart as an element.
     *
     * @param name begins the ids of its parts, and no other picture's of the page
     */
    static String of(Chart<?, ?> chart, String name) {
        try {
            Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation().createDocument(SVG, "svg", null);
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
            context.setComment(null);
            context.setIDGenerator(new SVGIDGenerator() {
                @Override
                public String generateID(String prefix) {
                    return name + "-" + super.generateID(prefix);
                }
            });
            SVGGraphics2D graphics = new SVGGraphics2D(context, false);
            graphics.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
            chart.paint(graphics, chart.getWidth(), chart.getHeight());
            Element root = graphics.getRoot();
            root.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
            root.setAttribute("role", "img");
            root.setAttribute("aria-label", chart.getTitle());
            Element description = document.createElementNS(SVG, "desc");
            description.setTextContent(chart.getTitle() + ". Over: " + chart.getXAxisTitle() + ". Up: " + chart.getYAxisTitle() + ". For: " + String.join(", ", chart.getSeriesMap().keySet()));
            root.insertBefore(description, root.getFirstChild());
            StringWriter text = new StringWriter();
            graphics.stream(root, text, true, false);
            String all = text.toString();
            // the one id that the generator does not make
            return all.substring(all.indexOf("<svg")).replace("\"genericDefs\"", "\"" + name + "-defs\"").strip();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java makes no XML documents", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
