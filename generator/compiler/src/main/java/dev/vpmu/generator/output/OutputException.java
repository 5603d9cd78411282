package dev.vpmu.generator.output;

/** Outputs that cannot be written as asked; the folder is as it was before. The message names the path, the reason and the remedy. */
public final class OutputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OutputException(String message) {
        super(message);
    }

    OutputException(String message, Throwable cause) {
        super(message, cause);
    }
}
