using System.CommandLine;
using System.Text;
using FcnSharp.Cli.Commands;
using FcnSharp.Tests.Support;

namespace FcnSharp.CliTests;

public class CommandLineTests
{
    /// <summary>Scripts depend on the names of commands and options and on their numbers of values.</summary>
    [Fact]
    public void CommandLine_OfTheTool_IsTheApprovedOne()
    {
        var text = new StringBuilder();
        var root = FcnCommands.CreateRoot();
        foreach (var command in root.Subcommands.Prepend(root))
        {
            text.Append($"{CommandActions.PathOf(command)}{string.Concat(command.Arguments.Select(TextOf))}\n");
            foreach (var option in command.Options.OrderBy(option => option.Name, StringComparer.Ordinal))
            {
                text.Append($"    {string.Join(", ", option.Aliases.Order(StringComparer.Ordinal).Prepend(option.Name))}")
                    .Append($"{Values(option.Arity, option.ValueType)}{(option.Required ? ", required" : "")}\n");
            }

            text.Append('\n');
        }

        ApprovedText.AssertIs("CommandLine.txt", text.ToString());
    }

    private static string TextOf(Argument argument) => $" <{argument.Name}>{Values(argument.Arity, argument.ValueType)}";

    private static string Values(ArgumentArity arity, Type type) =>
        arity.MaximumNumberOfValues == 0
            ? ""
            : $" {arity.MinimumNumberOfValues}..{(arity.MaximumNumberOfValues > 1 ? "n" : "1")} {NameOf(type)}";

    private static string NameOf(Type type) =>
        Nullable.GetUnderlyingType(type) is { } underlying ? underlying.Name
        : type.IsEnum ? string.Join('|', Enum.GetNames(type))
        : type.Name;
}
