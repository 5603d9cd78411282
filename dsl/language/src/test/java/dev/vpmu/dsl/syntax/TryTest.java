package dev.vpmu.dsl.syntax;
import org.junit.jupiter.api.Test;
import java.nio.file.*;
class TryTest {
	@Test void tryIt() throws Exception {
		for (Path p : Files.list(Path.of("/tmp/try")).sorted().toList()) {
			System.out.println("=== " + p);
			Source s = Source.of(Files.readString(p));
			s.messages().forEach(System.out::println);
			System.out.println("elements " + (s.file() == null ? null : s.file().getElements().size()) + " blanked " + s.result.blanked());
		}
	}
}
