package dev.vpmu.eclipse.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.eclipse.PmuPlugin;
import dev.vpmu.eclipse.editor.Tokens;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final String[] PIECES = {"/*", "*/", "//", "\n", "\"", "\\", "bank", "gp", "0x1F", "[", "..", ".*", ".", ":", " ", "/", "*", "'"};

    @Test
    void tokensAfterEditsAreThoseOfTheWholeText() {
        long seed = Long.getLong("vpmu.seed");
        int texts = "full".equals(System.getProperty("vpmu.effort")) ? 2_000 : 200;
        Random random = new Random(seed);
        for (int i = 0; i < texts; i++) {
            StringBuilder text = new StringBuilder(pieces(random, 60));
            Tokens tokens = new Tokens(PmuPlugin.language());
            tokens.reset(text.toString());
            for (int edit = 0; edit < 20; edit++) {
                int offset = random.nextInt(text.length() + 1);
                int removed = random.nextInt(Math.min(8, text.length() - offset) + 1);
                String inserted = pieces(random, random.nextInt(3));
                String before = text.toString();
                text.replace(offset, offset + removed, inserted);

                tokens.edit(text.toString(), offset, removed, inserted.length());

                Tokens whole = new Tokens(PmuPlugin.language());
                whole.reset(text.toString());
                assertEquals(whole.all(), tokens.all(), () -> "vpmu.seed=" + seed + ", before: " + before + "\nafter: " + text);
            }
        }
    }

    private static String pieces(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
