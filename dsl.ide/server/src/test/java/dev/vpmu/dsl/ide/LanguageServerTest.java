package dev.vpmu.dsl.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.xtext.ide.server.LanguageServerImpl;
import org.eclipse.xtext.ide.server.ServerModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The language server as an editor meets it: in the protocol's own terms, over a folder with files that refer to each other. */
class LanguageServerTest {

    private static final int SECONDS = 60;

    private static final String ARCHITECTURE = """
            package arch

            bank gp  index 0

            layout Select {
                event  [7:0]   is event code
                umask  [15:8]  is unit mask
                usr    [16]    is user mode
                os     [17]    is kernel mode
                int    [20]    is interrupt enable
                en     [22]    is enable
            }

            pmu Base {
                msr VALUE[gp]   0xC1   is value  write truncates
                msr SELECT[gp]  0x186  is selector Select
            }
            """;

    private static final String MODEL = """
            package model

            import arch.*

            pmu Model extends Base {
                counters gp [0..3]  width 48 bits
            }
            """;

    @TempDir
    private Path folder;
    private final Client client = new Client();
    private LanguageServerImpl server;

    @BeforeEach
    @SuppressWarnings("deprecation") // the server asks for the root although the protocol has folders now
    void start() throws Exception {
        Files.writeString(folder.resolve("architecture.pmu"), ARCHITECTURE);
        Files.writeString(folder.resolve("model.pmu"), MODEL);
        server = Guice.createInjector(new ServerModule()).getInstance(LanguageServerImpl.class);
        server.connect(client);
        InitializeParams parameters = new InitializeParams();
        parameters.setRootUri(folder.toUri().toString());
        parameters.setWorkspaceFolders(List.of(new WorkspaceFolder(folder.toUri().toString(), "models")));
        parameters.setCapabilities(new ClientCapabilities());
        InitializeResult result = server.initialize(parameters).get(SECONDS, TimeUnit.SECONDS);
        assertNotNull(result.getCapabilities().getCompletionProvider());
        server.initialized(new InitializedParams());
    }

    @AfterEach
    void stop() throws Exception {
        server.shutdown().get(SECONDS, TimeUnit.SECONDS);
    }

    private String uri(String file) {
        return folder.resolve(file).toUri().toString();
    }

    private void open(String file, String text) {
        server.didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri(file), "pmu", 1, text)));
    }

    private void change(String file, int version, String text) {
        server.didChange(new DidChangeTextDocumentParams(new VersionedTextDocumentIdentifier(uri(file), version),
                List.of(new TextDocumentContentChangeEvent(text))));
    }

    /** What is published of a file when all that the server was told before has been worked on. */
    private List<Diagnostic> diagnosticsOf(String file) throws Exception {
        // a reading request waits for the changes before it, and these publish before they end
        server.definition(new DefinitionParams(new TextDocumentIdentifier(uri(file)), new Position(0, 0))).get(SECONDS, TimeUnit.SECONDS);
        return client.published.entrySet().stream().filter(entry -> entry.getKey().endsWith("/" + file)).map(Map.Entry::getValue)
                .findFirst().orElseThrow(() -> new AssertionError("nothing was published of " + file));
    }

    @Test
    void aFileThatRefersToAnotherIsSilent() throws Exception {
        open("model.pmu", MODEL);
        assertEquals(List.of(), diagnosticsOf("model.pmu"));
    }

    @Test
    void aMistakeIsPublishedWithItsRuleAndItsPlaceAndVanishesWhenItIsMended() throws Exception {
        open("model.pmu", MODEL);
        diagnosticsOf("model.pmu");
        change("model.pmu", 2, MODEL.replace("extends Base", "extends Bse"));
        List<Diagnostic> found = diagnosticsOf("model.pmu");
        assertEquals(1, found.size(), found.toString());
        assertEquals("PMU0001", found.get(0).getCode().getLeft());
        assertEquals(DiagnosticSeverity.Error, found.get(0).getSeverity());
        assertEquals(new Range(new Position(4, 18), new Position(4, 21)), found.get(0).getRange());
        change("model.pmu", 3, MODEL);
        assertEquals(List.of(), diagnosticsOf("model.pmu"));
    }

    @Test
    void completionOffersThePmusThatTheImportsShow() throws Exception {
        open("model.pmu", MODEL);
        List<CompletionItem> items = server.completion(new CompletionParams(new TextDocumentIdentifier(uri("model.pmu")), new Position(4, 19)))
                .get(SECONDS, TimeUnit.SECONDS).getRight().getItems();
        assertTrue(items.stream().anyMatch(item -> item.getLabel().equals("Base")), items.stream().map(CompletionItem::getLabel).toList().toString());
    }

    @Test
    void anUnfinishedRowIsCompleted() throws Exception {
        String row = "    msr OTHER[gp]  0x200  is selector ";
        open("model.pmu", MODEL.replace("48 bits\n", "48 bits\n" + row + "\n"));
        List<String> offered = offered(6, row.length());
        assertTrue(offered.contains("Select"), offered.toString());
        String begun = row + "Sel";
        change("model.pmu", 2, MODEL.replace("48 bits\n", "48 bits\n" + begun));
        assertTrue(offered(6, begun.length()).contains("Select"), offered(6, begun.length()).toString());
    }

    @Test
    void wordsOfTheLanguageAreNotOfferedAsNames() throws Exception {
        String row = "    msr ";
        open("model.pmu", MODEL.replace("48 bits\n", "48 bits\n" + row + "\n"));
        List<String> offered = offered(6, row.length());
        assertTrue(!offered.contains("absent") && !offered.contains("zero"), offered.toString());
    }

    private List<String> offered(int line, int column) throws Exception {
        return server.completion(new CompletionParams(new TextDocumentIdentifier(uri("model.pmu")), new Position(line, column)))
                .get(SECONDS, TimeUnit.SECONDS).getRight().getItems().stream().map(CompletionItem::getLabel).toList();
    }

    @Test
    void aNameLeadsToItsDeclarationInAnotherFile() throws Exception {
        open("model.pmu", MODEL);
        var places = server.definition(new DefinitionParams(new TextDocumentIdentifier(uri("model.pmu")), new Position(4, 19))).get(SECONDS, TimeUnit.SECONDS);
        String target = places.isLeft() ? places.getLeft().get(0).getUri() : places.getRight().stream().map(LocationLink::getTargetUri).findFirst().orElseThrow();
        assertTrue(target.endsWith("architecture.pmu"), target);
    }

    @Test
    void formattingAlignsColumns() throws Exception {
        open("model.pmu", MODEL.replace("[0..3]  width", "[0..3] width"));
        List<? extends TextEdit> edits = server.formatting(new DocumentFormattingParams(new TextDocumentIdentifier(uri("model.pmu")), new FormattingOptions(4, true)))
                .get(SECONDS, TimeUnit.SECONDS);
        assertTrue(edits.size() > 0);
    }

    /** Keeps what the server published last of each file. */
    private static final class Client implements LanguageClient {

        private final Map<String, List<Diagnostic>> published = new ConcurrentHashMap<>();

        @Override
        public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
            published.put(diagnostics.getUri(), diagnostics.getDiagnostics());
        }

        @Override
        public void telemetryEvent(Object object) {
            // nobody looks
        }

        @Override
        public void showMessage(MessageParams message) {
            throw new AssertionError(message.getMessage());
        }

        @Override
        public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void logMessage(MessageParams message) {
            // nobody looks
        }
    }
}
