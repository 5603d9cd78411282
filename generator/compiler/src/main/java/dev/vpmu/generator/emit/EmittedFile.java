package dev.vpmu.generator.emit;

/**
 * A file that an emitter wrote, in memory.
 *
 * @param path its path under the output folder, with {@code /}
 * @param content its text, lines ended by {@code \n}
 * @param origin what it was made from, for messages
 */
public record EmittedFile(String path, String content, String origin) {
}
