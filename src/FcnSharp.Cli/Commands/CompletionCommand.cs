using System.CommandLine;
using FcnSharp.Cli.Terminal;

namespace FcnSharp.Cli.Commands;

/// <summary>Prints shell scripts that complete command lines by the tool's <c>[suggest]</c> directive.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new ToolCommand(
            "completion",
            "Prints a script that lets a shell complete fcn's commands and options.",
            "fcn completion bash > fcn-completion.bash",
            "fcn completion zsh > _fcn",
            "fcn completion fish > fcn.fish",
            "fcn completion pwsh > fcn-completion.ps1") { shell };
        return command.Runs((parsed, _) =>
        {
            Console.Out.Write(Script(parsed.GetRequiredValue(shell)));
            return ExitCode.Done;
        });
    }

    private static string Script(string shell)
    {
        using var stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
