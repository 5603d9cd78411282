package dev.vpmu.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code pmu}. Its exit code is 0, 1 where models or a question are wrong, and 2 where the command line is. */
@Command(name = "pmu", mixinStandardHelpOptions = true, version = "pmu 0.1.0", subcommands = LabCommand.class,
        description = "Performance-monitoring units as data.", synopsisSubcommandLabel = "COMMAND")
public final class Pmu {

    private Pmu() {
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** The command, whose output can be turned elsewhere. */
    static CommandLine command() {
        CommandLine pmu = new CommandLine(new Pmu());
        pmu.setParameterExceptionHandler((wrong, arguments) -> {
            CommandLine command = wrong.getCommandLine();
            command.getErr().println("pmu: " + wrong.getMessage());
            command.getErr().println("'" + command.getCommandSpec().qualifiedName() + " --help' tells what there is");
            return CommandLine.ExitCode.USAGE;
        });
        return pmu.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof IllegalArgumentException wrong) {
                command.getOut().flush();
                command.getErr().println("pmu: " + wrong.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
    }
}
